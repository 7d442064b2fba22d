"""What two plugins need of CKAN; it knows neither which plugins exist nor what bytes mean.

API that only CKAN 2.12 has (configurable file storages) is called here alone.
"""
