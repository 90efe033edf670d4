/* A box to sign in: pointer, finger or pen. What was drawn goes along as a PNG. */
"use strict";

(() => {
  const form = document.querySelector("form[data-sign]");
  const canvas = form.querySelector("canvas");
  const done = form.querySelector("[data-done]");
  const pen = canvas.getContext("2d");
  const most = 1800; // pixels a side; the office takes no larger drawing
  let strokes = [];
  let stroke = null;

  function fit() {
    const box = canvas.getBoundingClientRect();
    const scale = Math.min(window.devicePixelRatio || 1, most / box.width, most / box.height);
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.lineWidth = 2.5;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#000";
    strokes.forEach(draw);
  }

  function draw(points) {
    pen.beginPath();
    pen.moveTo(points[0].x, points[0].y);
    points.forEach((point) => pen.lineTo(point.x, point.y));
    pen.stroke();
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke = [at(event)];
    strokes.push(stroke);
    draw(stroke);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    stroke.push(at(event));
    draw(stroke.slice(-2));
    done.disabled = false;
  });
  ["pointerup", "pointercancel"].forEach((name) =>
    canvas.addEventListener(name, () => {
      stroke = null;
    })
  );
  form.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    pen.clearRect(0, 0, canvas.width, canvas.height);
    done.disabled = true;
  });
  form.addEventListener("submit", (event) => {
    const isSigning = event.submitter === done;
    form.elements.signature.value = isSigning ? canvas.toDataURL("image/png") : "";
  });
  window.addEventListener("resize", fit);
  fit();
})();
