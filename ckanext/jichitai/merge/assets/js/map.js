// The map of an item, opened by its button: outlines, points gathered in a grid, and a list of what is in view.
// Nothing is asked of any other site. Leaflet draws; points are circles on canvas and no tab stops, the list is.
for (const section of document.querySelectorAll("[data-jm-map]")) {
  const words = section.dataset;
  const button = section.querySelector("[data-jm-open]");
  const note = section.querySelector("[role=status]");
  const LISTED = 50; // entries of the list at once
  const CELL = 56; // pixels of the grid in which points are gathered

  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    note.textContent = words.loading;
    try {
      await Promise.all([style(words.leaflet + "leaflet.css"), script(words.leaflet + "leaflet.js")]);
      const [places, shapes] = await Promise.all([read(words.points), read(words.outlines)]);
      section.querySelector("[data-jm-panes]").hidden = false;
      draw(places, shapes);
      button.hidden = true;
    } catch {
      button.disabled = false;
      note.textContent = words.failed;
    }
  });

  async function read(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function style(href) {
    return added(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  }

  function script(src) {
    return added(Object.assign(document.createElement("script"), { src }));
  }

  function added(element) {
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  function draw({ towns, points }, shapes) {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const map = L.map(section.querySelector("[data-jm-canvas]"), { preferCanvas: true, minZoom: 5, maxZoom: 18 });
    map.attributionControl.setPrefix(false);
    for (const topology of shapes) {
      L.geoJSON(features(topology), {
        interactive: false,
        attribution: escaped(topology.credit[words.lang] ?? topology.credit.ja),
        style: { color: colour("--jc-line"), weight: 1, fillColor: colour("--jc-ground"), fillOpacity: 1 },
      }).addTo(map);
    }
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(middle(points), { padding: [16, 16], maxZoom: 14 });

    const layer = L.layerGroup().addTo(map);
    const list = section.querySelector("[data-jm-list]");
    let opener = null;

    const link = (point) => `${words.item}?row=${encodeURIComponent(point[3])}`;
    const show = (point) => {
      L.popup({ autoPanPadding: [24, 24] })
        .setLatLng([point[0], point[1]])
        .setContent(`<strong lang="ja">${escaped(point[2] || point[3])}</strong><br><span lang="ja">${escaped(towns[point[4]])}</span><br><a href="${link(point)}">${escaped(words.details)}</a>`)
        .openOn(map);
    };
    const cluster = (some) => {
      const size = 24 + Math.min(24, 6 * Math.log10(some.length));
      const middleOf = (index) => some.reduce((sum, point) => sum + point[index], 0) / some.length;
      return L.marker([middleOf(0), middleOf(1)], {
        keyboard: false,
        icon: L.divIcon({ className: "jm-cluster", html: some.length, iconSize: [size, size] }),
      }).on("click", () => map.setView([middleOf(0), middleOf(1)], Math.min(map.getZoom() + 2, 18)));
    };
    const update = () => {
      const bounds = map.getBounds().pad(0.1);
      const cells = new Map();
      const inView = [];
      for (const point of points) {
        if (!bounds.contains([point[0], point[1]])) continue;
        inView.push(point);
        const at = map.project([point[0], point[1]]).divideBy(CELL).floor();
        const key = `${at.x},${at.y}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(point);
      }
      layer.clearLayers();
      for (const some of cells.values()) {
        if (some.length > 3 && map.getZoom() < 18) layer.addLayer(cluster(some));
        else {
          for (const point of some) {
            L.circleMarker([point[0], point[1]], { radius: 6, weight: 2, color: colour("--jc-accent"), fillOpacity: 0.6 })
              .on("click", () => show(point)).addTo(layer);
          }
        }
      }
      note.textContent = words.inview.replace("{n}", inView.length.toLocaleString());
      list.replaceChildren(...inView.slice(0, LISTED).map((point) => {
        const entry = document.createElement("li");
        const name = Object.assign(document.createElement("button"), { type: "button", lang: "ja" });
        name.textContent = `${point[2] || point[3]}（${towns[point[4]]}）`;
        name.addEventListener("click", () => {
          opener = name;
          map.setView([point[0], point[1]], Math.max(map.getZoom(), 15), { animate: false });
          show(point);
          section.querySelector(".leaflet-popup a")?.focus();
        });
        entry.append(name);
        return entry;
      }));
    };
    map.on("moveend", () => {
      // The list keeps its entries while one of them has its popup open.
      if (!opener) update();
    });
    map.on("popupclose", () => {
      const back = opener;
      opener = null;
      update();
      if (back) {
        const again = [...list.querySelectorAll("button")].find((one) => one.textContent === back.textContent);
        (again ?? list.querySelector("button"))?.focus();
      }
    });
    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    update();
  }

  // Most points, without the far islands: the 5th to the 95th of a hundred each way.
  function middle(points) {
    if (points.length === 0) return [[35.5, 139.0], [35.9, 139.9]];
    const share = (index, part) => {
      const sorted = points.map((point) => point[index]).sort((one, other) => one - other);
      return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    };
    return [[share(0, 0.05), share(1, 0.05)], [share(0, 0.95), share(1, 0.95)]];
  }

  function features({ arcs, transform, objects }) {
    const lines = arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
      });
    });
    const ring = (indexes) => indexes.flatMap((index, place) => {
      const line = index < 0 ? [...lines[~index]].reverse() : lines[index];
      return place ? line.slice(1) : line;
    });
    return Object.values(objects).flatMap(({ geometries }) => geometries).map((geometry) => ({
      type: "Feature",
      properties: geometry.properties,
      geometry: {
        type: geometry.type,
        coordinates: geometry.type === "Polygon"
          ? geometry.arcs.map(ring)
          : geometry.arcs.map((polygon) => polygon.map(ring)),
      },
    }));
  }

  function escaped(text) {
    const holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }
}
