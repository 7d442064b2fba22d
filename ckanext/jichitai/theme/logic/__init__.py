"""Actions of the theme: works registered in the showcase."""
