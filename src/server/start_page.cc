#include "server/start_page.h"

#include <sodium.h>

#include <fmt/core.h>

#include "base/digest.h"
#include "domain/inbox.h"
#include "server/start_page_style.h"

namespace kith {
namespace {

constexpr char kMark[] = R"html(<svg class="mark" viewBox="0 0 56 56" aria-hidden="true">
<path class="one" d="M24 6c11 0 19 7 19 16s-8 16-19 16c-2 0-5 0-7-1l-9 5 2-9c-3-3-5-7-5-11C5 13 13 6 24 6z"/>
<path class="two" d="M47 25c3 3 5 6 5 10 0 3-1 6-3 8l2 7-8-4c-2 1-4 1-6 1-6 0-11-3-13-7 13 0 22-7 23-15z"/>
<circle class="both" cx="16.500" cy="22" r="2.400"/><circle class="both" cx="24.500" cy="22" r="2.400"/>
<circle class="both" cx="32.500" cy="22" r="2.400"/></svg>)html";

std::string base64(const Digest& digest) {
  char text[sodium_base64_ENCODED_LEN(sizeof(Digest), sodium_base64_VARIANT_ORIGINAL)];
  return sodium_bin2base64(text, sizeof text, digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
}

std::string header_of(const StartPage& page) {
  const bool has_a_name = page.organisation != Settings().organisation;
  return fmt::format(R"html(<header>{}
<span class="well">at home</span>
<h1>{}</h1>
<p class="lead">One conversation with every person, for as long as you know each other. Nobody is a number.</p></header>
)html",
                     kMark, has_a_name ? escape_html(page.organisation) : "Kith is running.");
}

struct Door {
  std::string where;
  const char* name;
  const char* what;
};

std::string door(const Door& to) {
  return fmt::format(R"html(<a class="door" href="{}"><strong>{}</strong><span>{}</span></a>
)html",
                     escape_html(to.where), to.name, to.what);
}

// The first doors are for everybody; what they open to is decided behind them.
std::string doors_of(const StartPage& page) {
  std::string html = "<nav class=\"doors\" aria-label=\"Doors\">\n";
  const bool shows_sample = page.has_sample && page.asked_from_here;
  if (shows_sample)
    html +=
        door({"/sample-shop", "Be a visitor", "A small lamp shop, and somebody to write to. Open it in one window."});
  else if (page.has_door)
    html += door({"/hello", "Say hello", "Write to us as you would to a friend. Somebody answers, by name."});
  if (shows_sample && !page.sample_way_in.empty())
    return html +
           door({"/desk/" + page.sample_way_in, "Be the team",
                 "Answer from the other side, as an invented colleague. Open it in another window."}) +
           "</nav>\n";
  html += shows_sample ? door({"/desk/", "Be the team",
                               "Answer from the other side. How to sign in stands in the "
                               "terminal where Kith was started."})
                       : door({"/desk/", "The desk", "For those who answer here."});
  return html + "</nav>\n";
}

std::string first_run_section(const StartPage& page) {
  const char* when = page.has_sample
                         ? "When you have looked around, make this house your own: name it, and take the first "
                           "place in the team."
                         : "Nobody works here yet. Name this house, and take the first place in the team.";
  return fmt::format(R"html(<section aria-labelledby="first"><h2 id="first">Make it yours</h2>
<p>{}</p><p>The link to do so stands in the terminal where Kith was started, and works once. Or, without a browser:</p>
<pre tabindex="0"><code>kith admin create-colleague --data DIR --leader \
  --email you@shop.example --called "Your name"</code></pre></section>
)html",
                     when);
}

std::string sample_section() {
  return R"html(<section aria-labelledby="sample"><h2 id="sample">The sample team is here</h2>
<p>Nobody you write to here is real, and nothing leaves this machine. When you are done, let the sample go: in the desk
under Settings, or here. Your own people and conversations stay.</p>
<pre tabindex="0"><code>kith admin remove-sample --data DIR</code></pre></section>
)html";
}

constexpr char kFooter[] = R"html(<footer>For those who look after this house: <a href="/readyz">is it ready</a>,
<a href="/metrics">its figures</a>, <code>kith doctor</code> and <code>docs/running.md</code>. Programs read <code>docs/api.yaml</code>.</footer>
)html";

}  // namespace

std::string escape_html(std::string_view text) {
  std::string safe;
  for (char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string write_start_page(const StartPage& page) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>Kith is running</title><style>";
  html += kStartPageStyle;
  html += "</style></head><body><main>\n" + header_of(page);
  html += doors_of(page);
  // How the house is looked after is for those on this machine.
  if (page.asked_from_here) {
    if (page.needs_set_up) html += first_run_section(page);
    if (page.has_sample) html += sample_section();
    html += kFooter;
  }
  return html + "</main></body></html>\n";
}

const std::string& start_page_policy() {
  static const std::string policy = "default-src 'none'; style-src 'sha256-" + base64(sha256(kStartPageStyle)) +
                                    "'; img-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return policy;
}

}  // namespace kith
