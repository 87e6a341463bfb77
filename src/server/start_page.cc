#include "server/start_page.h"

#include <algorithm>

#include <sodium.h>

#include "base/digest.h"
#include "domain/inbox.h"
#include "http/html.h"
#include "server/start_page_style.h"
#include "server/start_page_words.h"

namespace kith {
namespace {

using http::Html;
using http::Markup;

constexpr Markup kMark = R"html(<svg class="mark" viewBox="0 0 56 56" aria-hidden="true">
<path class="one" d="M24 6c11 0 19 7 19 16s-8 16-19 16c-2 0-5 0-7-1l-9 5 2-9c-3-3-5-7-5-11C5 13 13 6 24 6z"/>
<path class="two" d="M47 25c3 3 5 6 5 10 0 3-1 6-3 8l2 7-8-4c-2 1-4 1-6 1-6 0-11-3-13-7 13 0 22-7 23-15z"/>
<circle class="both" cx="16.500" cy="22" r="2.400"/><circle class="both" cx="24.500" cy="22" r="2.400"/>
<circle class="both" cx="32.500" cy="22" r="2.400"/></svg>)html";

Html style_of(const StartPage& page) {
  Html style;
  if (!page.font.empty())
    style.add("@font-face{font-family:Figtree;font-weight:300 900;font-display:swap;src:url(")
        .text(page.font)
        .add(") format('woff2')}");
  return std::move(style.add(kStartPageStyle));
}

std::string base64(const Digest& digest) {
  char text[sodium_base64_ENCODED_LEN(sizeof(Digest), sodium_base64_VARIANT_ORIGINAL)];
  return sodium_bin2base64(text, sizeof text, digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
}

void add_header(Html& html, const StartPage& page, const StartPageWords& words) {
  const bool has_a_name = page.organisation != Settings().organisation;
  html.add("<header>").add(kMark).add("\n<span class=\"well\">").text(words.at_home).add("</span>\n<h1>");
  html.text(has_a_name ? std::string_view(page.organisation) : words.running);
  html.add("</h1>\n<p class=\"about\">").text(words.one_conversation).add("</p></header>\n");
}

void add_door(Html& html, std::string_view where, std::string_view name, std::string_view what) {
  html.add("<a class=\"door\" href=\"").text(where).add("\"><strong>").text(name).add("</strong><span>");
  html.text(what).add("</span></a>\n");
}

// The first doors are for everybody; what they open to is decided behind them.
void add_doors(Html& html, const StartPage& page, const StartPageWords& words) {
  html.add("<nav class=\"doors\" aria-label=\"").text(words.doors).add("\">\n");
  const bool shows_sample = page.has_sample && page.asked_from_here;
  if (shows_sample)
    add_door(html, "/sample-shop", words.visitor, words.visitor_detail);
  else if (page.has_door)
    add_door(html, "/hello", words.hello, words.hello_detail);
  if (!shows_sample)
    add_door(html, "/desk/", words.desk, words.desk_detail);
  else if (page.sample_way_in.empty())
    add_door(html, "/desk/", words.team, words.team_by_hand);
  else
    add_door(html, "/desk/" + page.sample_way_in, words.team, words.team_detail);
  html.add("</nav>\n");
}

void add_first_run(Html& html, const StartPage& page, const StartPageWords& words) {
  html.add("<section aria-labelledby=\"first\"><h2 id=\"first\">").text(words.make_it_yours).add("</h2>\n<p>");
  html.text(page.has_sample ? words.when_looked_around : words.nobody_yet).add("</p><p>");
  html.text(words.where_the_link_is);
  html.add("</p>\n<pre tabindex=\"0\"><code>kith admin create-colleague --data DIR --leader \\\n");
  html.add("  --email you@shop.example --called &quot;").text(words.your_name).add("&quot;</code></pre></section>\n");
}

void add_sample(Html& html, const StartPageWords& words) {
  html.add("<section aria-labelledby=\"sample\"><h2 id=\"sample\">").text(words.sample).add("</h2>\n<p>");
  html.text(words.sample_detail).add("</p>\n");
  html.add("<pre tabindex=\"0\"><code>kith admin remove-sample --data DIR</code></pre></section>\n");
}

Html link(Markup where, std::string_view words) {
  Html html;
  html.add("<a href=\"").add(where).add("\">").text(words).add("</a>");
  return html;
}

Html code(Markup words) {
  Html html;
  html.add("<code>").add(words).add("</code>");
  return html;
}

void add_footer(Html& html, const StartPageWords& words) {
  const Html parts[] = {link("/readyz", words.is_ready), link("/metrics", words.figures), code("kith doctor"),
                        code("docs/running.md"), code("docs/api.yaml")};
  html.add("<footer>");
  std::string_view rest = words.looked_after;
  for (const Html& part : parts) {
    const std::size_t place = rest.find("{}");
    html.text(rest.substr(0, place)).add(part);
    rest.remove_prefix(std::min(rest.size(), place + 2));
  }
  html.text(rest).add("</footer>\n");
}

}  // namespace

std::string write_start_page(const StartPage& page) {
  const StartPageWords& words = start_page_words(page.language);
  Html html;
  html.add("<!doctype html>\n<html lang=\"").text(words.language).add("\"><head><meta charset=\"utf-8\">");
  html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").text(words.title);
  html.add("</title><style>").add(style_of(page)).add("</style></head><body><main>\n");
  add_header(html, page, words);
  add_doors(html, page, words);
  // How the house is looked after is for those on this machine.
  if (page.asked_from_here) {
    if (page.needs_set_up) add_first_run(html, page, words);
    if (page.has_sample) add_sample(html, words);
    add_footer(html, words);
  }
  html.add("</main></body></html>\n");
  return html.take();
}

std::string start_page_policy(const StartPage& page) {
  return "default-src 'none'; style-src 'sha256-" + base64(sha256(style_of(page).str())) +
         "'; font-src 'self'; img-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace kith
