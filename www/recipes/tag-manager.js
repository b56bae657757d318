/* What a tag manager does: puts the tag into the page, and hears of a purchase later. */
const tag = document.createElement("script");
tag.async = true;
tag.src = "/candor.js";
tag.dataset.survey = "post-purchase-nps";
tag.dataset.trigger = "data-layer:purchase";
tag.dataset.test = "";
document.head.append(tag);

document.querySelector("#purchase").addEventListener("click", () => {
  (window.dataLayer ||= []).push({ event: "purchase", ecommerce: { transaction_id: "A-1001" } });
});
