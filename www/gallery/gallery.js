/* The gallery: every survey once, as the choices above say, which stand in the address as well. */
const SURVEYS = {
  "post-purchase-nps": "Recommendation, 0 to 10",
  "post-resolution-csat": "Satisfaction, five faces",
  "csat-three-faces": "Satisfaction, three faces",
  "csat-stars": "Satisfaction, stars",
  "csat-thumbs": "Satisfaction, thumbs",
  "csat-numbers": "Satisfaction, 1 to 5",
  "csat-seven": "Satisfaction, 1 to 7",
  "csat-ten": "Satisfaction, 1 to 10",
  "return-ces": "Effort, 1 to 7",
  "ces-five": "Effort, 1 to 5",
  "ces-faces": "Effort, five faces",
};

const place = document.querySelector("[data-part=shown]");
const form = document.querySelector("form");
const given = new URLSearchParams(location.search);
for (const select of form.elements) {
  const wanted = given.get(select.name);
  if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
}

// What stands on the page once cannot be drawn again another way, so the page is loaded anew.
form.addEventListener("change", () => {
  location.search = new URLSearchParams(new FormData(form));
});

const { theme, locale, display } = Object.fromEntries(new FormData(form));
for (const [survey, title] of Object.entries(SURVEYS)) {
  const card = document.createElement("section");
  const heading = document.createElement("h2");
  heading.textContent = title;
  card.append(heading);
  if (display === "inline") {
    const element = document.createElement("candor-survey");
    for (const [name, value] of Object.entries({ survey, theme, locale, test: "" })) {
      element.setAttribute(name, value);
    }
    card.append(element);
  } else {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Show";
    button.addEventListener("click", () => {
      for (const other of Object.keys(SURVEYS)) candor.destroy(other);
      candor.init({ survey, theme, locale, display, trigger: "manual", test: true });
      candor.show(survey);
    });
    card.append(button);
  }
  place.append(card);
}
