/* A router as small as they come: links change the address, and the page says where it is. */
const place = document.querySelector("output");
const tell = () => {
  place.textContent = location.pathname;
};

document.querySelector("nav").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  tell();
});
addEventListener("popstate", tell);
tell();
