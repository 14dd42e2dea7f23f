// On a narrow screen the places are a bar that scrolls: the one that is open stands in sight.

const links = document.querySelector(".rail__links");
const current = links?.querySelector("[aria-current]");

if (current) {
  const middle = current.getBoundingClientRect().left + current.offsetWidth / 2;
  const { left, width } = links.getBoundingClientRect();
  links.scrollLeft += middle - left - width / 2;
}
