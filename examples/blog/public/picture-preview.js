/** Shows a picture before it is sent. Without this script the form works all the same. */
for (const input of document.querySelectorAll("input[data-preview]")) {
  const figure = document.getElementById(input.dataset.preview);
  const image = figure.querySelector("img");
  const caption = figure.querySelector("figcaption");
  const before = { source: image.getAttribute("src"), caption: caption.textContent };

  const show = (source, text) => {
    image.hidden = source === null;
    if (source !== null) image.src = source;
    caption.textContent = text;
    figure.hidden = text === "";
  };

  const read = () => {
    const [file] = input.files;
    if (file === undefined) return show(before.source, before.caption);
    const size = `${(file.size / 1_000_000).toFixed(1)} MB`;
    if (file.size > Number(input.dataset.largest)) return show(null, `${file.name} has ${size}, which is too much.`);
    const reader = new FileReader();
    // By then another file may have been chosen.
    reader.onload = () => input.files[0] === file && show(reader.result, `${file.name}, ${size}. Not sent yet.`);
    reader.readAsDataURL(file);
  };

  image.addEventListener("error", () => show(null, "This file is not a picture that can be shown."));
  input.addEventListener("change", read);
  // A browser that comes back to the page may have kept the choice.
  read();
}
