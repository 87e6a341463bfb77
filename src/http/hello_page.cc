#include "http/hello_page.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/time_zone.h"
#include "http/hello_hours.h"
#include "http/hello_words.h"
#include "http/html.h"

namespace kith::http {
namespace {

// `sentence` with its one "{}" filled.
std::string filled(std::string_view sentence, std::string_view what) {
  const std::size_t at = sentence.find("{}");
  if (at == std::string_view::npos) return std::string(sentence);
  return std::string(sentence.substr(0, at)).append(what).append(sentence.substr(at + 2));
}

// On the wall of the house: "Monday 23 November, 09:00".
std::string moment_in_words(const HelloPage& page, const HelloWords& words, Time time) {
  const auto zone = TimeZone::find(page.door.settings.opening.time_zone);
  const WallTime wall = (zone ? *zone : TimeZone::utc()).wall(time);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  return fmt::format(fmt::runtime(words.moment),
                     fmt::arg("day", words.days[std::chrono::weekday(day).iso_encoding() - 1]),
                     fmt::arg("number", static_cast<unsigned>(date.day())),
                     fmt::arg("month", words.months[static_cast<unsigned>(date.month()) - 1]),
                     fmt::arg("clock", fmt::format("{:02}:{:02}{}", minutes / 60, minutes % 60, zone ? "" : " UTC")));
}

// Who meets her: whoever is there, the one who can turn to her first.
const ShownFace* who_meets_her(const HelloPage& page) {
  for (PresenceLevel level :
       {PresenceLevel::open, PresenceLevel::gentle, PresenceLevel::with_someone, PresenceLevel::beat}) {
    const auto found = std::ranges::find(page.team, level, &ShownFace::level);
    if (found != page.team.end()) return &*found;
  }
  return nullptr;
}

std::string_view first_letter(std::string_view name) {
  std::size_t end = std::min<std::size_t>(1, name.size());
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
  return name.substr(0, end);
}

void show_face(Html& html, const PublicFace& face, Markup size) {
  html.add("<span class=\"plain-face ").add(size).add("\" aria-hidden=\"true\">");
  if (face.face.empty())
    html.text(first_letter(face.called));
  else
    html.add("<img alt=\"\" src=\"/api/faces/").text(face.face).add("\">");
  html.add("</span>");
}

std::string presence_in_words(const HelloWords& words, const ShownFace& shown) {
  switch (shown.level) {
    case PresenceLevel::open:
    case PresenceLevel::gentle:
      return filled(words.here, shown.face.called);
    case PresenceLevel::with_someone:
      return filled(words.with_someone, shown.face.called);
    case PresenceLevel::beat:
      return filled(words.beat, shown.face.called);
    case PresenceLevel::away:
      break;
  }
  return std::string(words.nobody_here);
}

// What the hours say about an answer. Where nobody is there all the same, they are told as what they are.
std::string hours_in_words(const HelloPage& page, const HelloWords& words, bool somebody_answers) {
  if (page.open.opens_at) return filled(words.from, moment_in_words(page, words, *page.open.opens_at));
  if (page.open.closes_at)
    return filled(somebody_answers ? words.until : words.by_our_hours,
                  moment_in_words(page, words, *page.open.closes_at));
  return page.open.is_open.value_or(false) && !somebody_answers ? std::string(words.at_any_time) : std::string();
}

void tell_hours(Html& html, const HelloPage& page, const HelloWords& words, const ShownFace* human) {
  const Settings& settings = page.door.settings;
  if (human == nullptr)
    html.add("<p>")
        .text(settings.nobody_there_line.empty() ? words.nobody_here : settings.nobody_there_line)
        .add("</p>");
  const bool somebody_answers = human != nullptr && human->level != PresenceLevel::beat;
  if (const std::string hours = hours_in_words(page, words, somebody_answers); !hours.empty())
    html.add("<p>").text(hours).add("</p>");
  tell_week(html, settings.opening, words, page.now, human == nullptr);
  if (!settings.hours.empty()) html.add("<p dir=\"auto\">").lines(settings.hours).add("</p>");
}

void meet(Html& html, const HelloPage& page, const HelloWords& words) {
  const ShownFace* human = who_meets_her(page);
  html.add("<header class=\"plain-meet\"><div class=\"plain-faces\">");
  if (human != nullptr) show_face(html, human->face, "plain-big");
  for (std::size_t i = 0; human == nullptr && i < std::min<std::size_t>(3, page.team.size()); ++i)
    show_face(html, page.team[i].face, "plain-big");
  html.add("</div><h1 dir=\"auto\">");
  const std::string& own_line = page.door.inbox.hello_line;
  const std::string& house_line = own_line.empty() ? page.door.settings.hello_line : own_line;
  html.text(human != nullptr ? human->face.called : page.door.settings.organisation).add("</h1>");
  const std::string_view line =
      human != nullptr && !human->face.hello_line.empty() ? human->face.hello_line : house_line;
  html.add("<blockquote dir=\"auto\">");
  if (line.empty())
    html.text(words.we);
  else
    html.text(filled(words.quoted, line));
  html.add("</blockquote>");
  html.add("<div class=\"plain-hours\">");
  if (human != nullptr) html.add("<p class=\"plain-here\">").text(presence_in_words(words, *human)).add("</p>");
  tell_hours(html, page, words, human);
  if (page.entries.entries.empty()) html.add("<p>").text(words.write_anyway).add("</p>");
  html.add("</div></header>\n");
}

void tell_author(Html& html, const HelloPage& page, const HelloWords& words, const Entry& entry) {
  html.add("<p class=\"plain-who\">");
  if (entry.author.kind == AuthorKind::customer) {
    html.text(words.you);
  } else if (!entry.author.person) {
    const bool is_notice = entry.author.kind == AuthorKind::notice || entry.author.machine.empty();
    html.text(is_notice ? words.notice : entry.author.machine);
  } else {
    const auto author = std::ranges::find(page.authors, *entry.author.person, &PublicFace::person);
    if (author != page.authors.end()) {
      show_face(html, *author, "plain-small");
      html.text(author->called);
    }
  }
  html.add(" · <time>").text(moment_in_words(page, words, entry.at)).add("</time>");
  if (entry.version > 1 && !entry.taken_back) html.add(" (").text(words.edited).add(")");
  html.add("</p>");
}

void tell(Html& html, const HelloPage& page, const HelloWords& words, const Entry& entry) {
  const bool is_hers = entry.author.kind == AuthorKind::customer;
  html.add(is_hers ? Markup("<li class=\"plain-hers\">") : Markup("<li>"));
  tell_author(html, page, words, entry);
  html.add("<div class=\"plain-said\" dir=\"auto\">");
  if (entry.taken_back)
    html.add("<em>").text(words.taken_back).add("</em>");
  else
    html.lines(entry.text);
  for (const Attachment& attachment : page.entries.attachments)
    if (std::ranges::find(entry.attachments, attachment.id) != entry.attachments.end())
      html.add("<p class=\"plain-file\">").text(attachment.name).add("</p>");
  html.add("</div></li>\n");
}

void tell_conversation(Html& html, const HelloPage& page, const HelloWords& words) {
  const auto& entries = page.entries.entries;
  if (entries.empty()) return;
  html.add("<section aria-labelledby=\"talk\"><h2 id=\"talk\">").text(words.talk).add("</h2>");
  if (page.entries.next)
    html.add("<p><a href=\"?before=")
        .text(std::to_string(*page.entries.next))
        .add("\">")
        .text(words.older)
        .add("</a></p>");
  html.add("<ol class=\"plain-talk\">\n");
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) tell(html, page, words, *entry);
  html.add("</ol><p class=\"plain-kept\" id=\"newest\">").text(words.kept).add(" <a href=\"/hello/");
  // Always another address than this page has now: a browser goes nowhere for a link that leads to where it is.
  const std::string_view id = page.entry_id;
  const std::string_view other = id.substr(id.size() - std::min<std::size_t>(8, id.size()));
  html.text(page.door.inbox.id.text())
      .add("?look=")
      .text(other)
      .add("#newest\">")
      .text(words.look_again)
      .add("</a></p></section>\n");
}

std::string_view trouble_in_words(const HelloWords& words, HelloTrouble trouble) {
  switch (trouble) {
    case HelloTrouble::none:
      return {};
    case HelloTrouble::nothing_written:
      return words.nothing_written;
    case HelloTrouble::too_long:
      return words.too_long;
    case HelloTrouble::file_refused:
      return words.file_refused;
    case HelloTrouble::try_again:
      return words.try_again;
  }
  return {};
}

void offer_to_write(Html& html, const HelloPage& page, const HelloWords& words) {
  html.add("<form class=\"plain-form\" method=\"post\" enctype=\"multipart/form-data\" action=\"/hello/");
  html.text(page.door.inbox.id.text()).add("\">");
  if (page.trouble != HelloTrouble::none)
    html.add("<p class=\"plain-trouble\" role=\"alert\">").text(trouble_in_words(words, page.trouble)).add("</p>");
  html.add("<input type=\"hidden\" name=\"id\" value=\"").text(page.entry_id).add("\">");
  if (!page.visit.empty()) html.add("<input type=\"hidden\" name=\"visit\" value=\"").text(page.visit).add("\">");
  html.add("<label for=\"words\">").text(words.your_words).add("</label>");
  html.add("<textarea id=\"words\" name=\"text\" rows=\"5\" maxlength=\"50000\" dir=\"auto\" autocomplete=\"off\">");
  // A line break right after the tag would be swallowed.
  html.add("\n").text(page.draft).add("</textarea>");
  html.add("<label for=\"files\">")
      .text(words.files)
      .add("</label><input id=\"files\" type=\"file\" name=\"files\" multiple>");
  html.add("<button type=\"submit\">").text(words.send).add("</button></form>\n");
}

std::string own_document(const HelloPage&) {
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<meta name=\"color-scheme\" content=\"light dark\"><title></title></head>"
         "<body><div id=\"app\"></div></body></html>\n";
}

// Puts `what` where `from` ... `to` stands; leaves the document alone when it does not.
void replace_between(std::string& document, std::string_view from, std::string_view to, std::string_view what) {
  const std::size_t begin = document.find(from);
  if (begin == std::string::npos) return;
  const std::size_t end = document.find(to, begin + from.size());
  if (end == std::string::npos) return;
  document.replace(begin + from.size(), end - begin - from.size(), what);
}

}  // namespace

std::string write_hello(const HelloPage& page) {
  const HelloWords& words = words_in(page.language);
  Html html;
  html.add("<main class=\"plain-page\">\n");
  if (page.door.inbox.is_sample) html.add("<p class=\"plain-sample\">").text(words.sample).add("</p>\n");
  meet(html, page, words);
  tell_conversation(html, page, words);
  offer_to_write(html, page, words);
  html.add("</main>");
  return html.take();
}

std::string write_no_door(PageLanguage language, bool has_other_door, const std::vector<std::string>& style_sheets) {
  const HelloWords& words = words_in(language);
  Html html;
  html.add("<!doctype html>\n<html lang=\"").text(words.language).add("\"><head><meta charset=\"utf-8\">");
  html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
  html.add("<meta name=\"color-scheme\" content=\"light dark\">");
  html.add("<link rel=\"icon\" type=\"image/png\" href=\"/desk/icon-192.png\"><title>")
      .text(words.no_door)
      .add("</title>\n");
  for (const std::string& sheet : style_sheets) html.add("<link rel=\"stylesheet\" href=\"").text(sheet).add("\">\n");
  html.add("</head><body><main class=\"plain-page\"><header class=\"plain-meet\"><h1>")
      .text(words.no_door)
      .add("</h1>");
  html.add("<div class=\"plain-hours\"><p>").text(words.no_door_detail).add("</p>");
  if (has_other_door) html.add("<p><a href=\"/hello\">").text(words.other_door).add("</a></p>");
  html.add("</div></header></main></body></html>\n");
  return html.take();
}

std::string write_hello_document(const HelloPage& page, std::string_view panel_document) {
  const HelloWords& words = words_in(page.language);
  std::string document = panel_document.empty() ? own_document(page) : std::string(panel_document);
  replace_between(document, "<html lang=\"", "\"", words.language);
  replace_between(document, "<title>", "</title>",
                  Html().text(filled(words.title, page.door.settings.organisation)).str());
  std::string links;
  for (const std::string& sheet : page.style_sheets)
    links += Html().add("<link rel=\"stylesheet\" href=\"").text(sheet).add("\">\n").str();
  if (const std::size_t head = document.find("</head>"); head != std::string::npos) document.insert(head, links);
  replace_between(document, "<div id=\"app\">", "</div>", write_hello(page));
  return document;
}

}  // namespace kith::http
