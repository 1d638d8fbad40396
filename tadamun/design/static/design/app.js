/* What scripts add; every page works without them. */
(function () {
  "use strict";
  var page = document.documentElement;
  page.classList.add("scripted");

  // A form that takes longer than a moment says so, and a second press sends nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    var button = event.submitter || form.querySelector("button:not([type=button])");
    if (!button || form.matches(".langs") || form.hasAttribute("hx-post")) return;
    var words = button.innerHTML;
    var timer = setTimeout(function () {
      button.setAttribute("aria-disabled", "true");
      button.textContent = document.body.dataset.wait;
    }, 400);
    // A download or a lost connection leaves the page standing: after ten seconds it may be sent again.
    setTimeout(function () { ready(form); }, 10000);
    form.addEventListener("tadamun:again", function () {
      clearTimeout(timer);
      button.removeAttribute("aria-disabled");
      button.innerHTML = words;
    }, { once: true });
  });
  // Coming back with the back button finds the form as it was, ready to send again.
  function ready(form) {
    delete form.dataset.sent;
    form.dispatchEvent(new Event("tadamun:again"));
  }
  function again() {
    document.querySelectorAll("form[data-sent]").forEach(ready);
  }
  window.addEventListener("pageshow", again);
  document.addEventListener("htmx:afterRequest", again);

  document.addEventListener("click", function (event) {
    var press = event.target.closest("[data-exit],[data-copy],[data-print],[data-step],.err a");
    if (!press) return;
    if (press.hasAttribute("data-exit")) {
      // Replaced, so that the back button of the browser does not lead here again.
      event.preventDefault();
      document.body.hidden = true;
      location.replace(press.href);
    } else if (press.hasAttribute("data-copy")) {
      copy(press);
    } else if (press.hasAttribute("data-print")) {
      window.print();
    } else if (press.hasAttribute("data-step")) {
      step(press);
    } else {
      var field = document.getElementById(press.hash.slice(1));
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });

  function copy(button) {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var words = button.lastElementChild;
      var before = words.textContent;
      words.setAttribute("role", "status");
      words.textContent = document.body.dataset.copied;
      setTimeout(function () { words.textContent = before; }, 2000);
    });
  }

  function latin(text) {
    return text.replace(/[٠-٩۰-۹]/g, function (digit) {
      return String(digit.charCodeAt(0) & 15);
    });
  }
  function step(button) {
    var field = document.getElementById(button.getAttribute("aria-controls"));
    var now = parseInt(latin(field.value), 10) || 0;
    var least = parseInt(field.dataset.min || "1", 10);
    var most = parseInt(field.dataset.max || "9999", 10);
    var next = Math.min(most, Math.max(least, now + Number(button.dataset.step)));
    field.value = /[٠-٩]/.test(field.value) ? String(next).replace(/\d/g, function (d) { return "٠١٢٣٤٥٦٧٨٩"[d]; }) : String(next);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
