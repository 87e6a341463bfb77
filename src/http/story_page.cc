#include "http/story_page.h"

#include <chrono>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time_zone.h"
#include "http/html.h"

namespace kith::http {
namespace {

constexpr Markup kStyle = R"css(<style>
:root{color-scheme:light dark;--paper:#FBF7F0;--surface:#FFFDF9;--line:#E8DECF;--ink:#2A2521;--ink-2:#5A5148;--pine-soft:#DFECE5}
@media (prefers-color-scheme:dark){:root{--paper:#1A1714;--surface:#221E1A;--line:#3B342D;--ink:#F4EDE3;--ink-2:#CCC2B5;
--pine-soft:#21362E}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Figtree,system-ui,sans-serif}
main{max-inline-size:44rem;margin-inline:auto;padding:3rem 1.25rem}
h1,h2{font-weight:650;line-height:1.18}h2{margin-block-start:3rem}
blockquote,.said{margin:0 0 .75rem;padding:.75rem 1rem;background:var(--surface);border:1px solid var(--line);
border-radius:14px;font:17px/1.55 Newsreader,Georgia,serif;overflow-wrap:anywhere}
.ours{background:var(--pine-soft)}.who{color:var(--ink-2);font:13.5px/1.5 Figtree,system-ui,sans-serif;margin:1rem 0 .25rem}
.earlier{font-size:14px;color:var(--ink-2)}ul{padding-inline-start:1.2rem}
@media print{body{background:none}.said{break-inside:avoid}}
</style>)css";

std::string_view month_name(unsigned month) {
  constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
  return kMonths[month - 1];
}

// "22 November 2026, 09:30", on the wall of the house.
std::string when(const WholeStory& story, Time time) {
  const auto zone = TimeZone::find(story.settings.opening.time_zone);
  const WallTime wall = (zone ? *zone : TimeZone::utc()).wall(time);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  return fmt::format("{} {} {}, {:02}:{:02}{}", static_cast<unsigned>(date.day()),
                     month_name(static_cast<unsigned>(date.month())), static_cast<int>(date.year()), minutes / 60,
                     minutes % 60, zone ? "" : " UTC");
}

std::string name_of(const StoryNames& names, PersonId person) {
  const auto found = names.people.find(person);
  return found == names.people.end() || found->second.empty() ? "Somebody" : found->second;
}

std::string name_of(const Author& author, const StoryNames& names) {
  if (author.person) return name_of(names, *author.person);
  return author.machine.empty() ? "A notice" : author.machine;
}

std::string title_of(const WholeStory& story) {
  return story.person.called.empty() ? "Your story" : "The story of " + story.person.called;
}

std::string_view state_in_words(const Promise& promise) {
  switch (promise.state) {
    case PromiseState::given:
      return "given";
    case PromiseState::renegotiated:
      return "given anew, after both agreed";
    case PromiseState::kept:
      return "kept";
    case PromiseState::broken:
      return "not kept";
    case PromiseState::owned:
      return "not kept, and we said sorry";
  }
  return "";
}

void tell_facts(Html& html, const WholeStory& story) {
  html.add("<h2>Who you are to us</h2><ul>");
  if (!story.person.languages.empty()) {
    html.add("<li>Languages: ");
    for (std::size_t i = 0; i < story.person.languages.size(); ++i)
      html.text(i == 0 ? "" : ", ").text(story.person.languages[i]);
    html.add("</li>");
  }
  if (!story.person.access_needs.empty()) html.add("<li>You asked: ").text(story.person.access_needs).add("</li>");
  for (const Identity& identity : story.identities)
    if (identity.kind == IdentityKind::email || identity.kind == IdentityKind::phone)
      html.add("<li>You can be reached at ").text(identity.value).add("</li>");
  html.add("<li>We have known you since ").text(when(story, story.person.created_at)).add("</li></ul>");
}

void tell_notes(Html& html, const WholeStory& story, const StoryNames& names) {
  if (story.notes.empty()) return;
  html.add("<h2>What we wrote down about you</h2><p>Every note, in the words that were used.</p>");
  for (const Note& note : story.notes) {
    html.add("<p class=\"who\">").text(name_of(names, note.author)).add(", ").text(when(story, note.written_at));
    html.add("</p><blockquote dir=\"auto\">").lines(note.text).add("</blockquote>");
  }
}

void tell_promises(Html& html, const WholeStory& story, const StoryNames& names) {
  if (story.promises.empty()) return;
  html.add("<h2>What was promised to you</h2><ul>");
  for (const Promise& promise : story.promises) {
    html.add("<li><span dir=\"auto\">").text(promise.what).add("</span> (").text(name_of(names, promise.by));
    html.add(", for ").text(when(story, promise.due)).add("; ").text(state_in_words(promise)).add(")</li>");
  }
  html.add("</ul>");
}

void tell_topics(Html& html, const WholeStory& story) {
  if (story.topics.empty()) return;
  html.add("<h2>What it was about</h2><ul>");
  for (const Topic& topic : story.topics)
    html.add("<li dir=\"auto\">")
        .text(topic.title)
        .text(topic.state == TopicState::settled ? " (settled)" : "")
        .add("</li>");
  html.add("</ul>");
}

void tell_versions(Html& html, const ToldEntry& told) {
  if (told.versions.size() < 2) return;
  for (const EntryVersion& version : told.versions) {
    const bool is_newest = version.version == told.entry.version;
    if (is_newest || version.text.empty()) continue;
    html.add("<p class=\"earlier\" dir=\"auto\">Before: ").lines(version.text).add("</p>");
  }
}

void tell_files(Html& html, const ToldEntry& told, const StoryNames& names) {
  for (const Attachment& attachment : told.attachments) {
    const auto file = names.files.find(attachment.id);
    if (file == names.files.end()) continue;
    html.add("<p><a href=\"").text(percent_encoded_path(file->second)).add("\">").text(attachment.name).add("</a>");
    if (!attachment.alt_text.empty()) html.add(" – ").text(attachment.alt_text);
    html.add("</p>");
  }
}

}  // namespace

std::string percent_encoded_path(std::string_view path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string safe;
  for (unsigned char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                          c == '.' || c == '-' || c == '_';
    if (is_plain)
      safe += static_cast<char>(c);
    else
      safe += {'%', kHex[c >> 4], kHex[c & 15]};
  }
  return safe;
}

std::string story_file_name(std::size_t number, std::string_view name) {
  std::string safe;
  for (char c : cut(name, 100)) {
    const bool is_odd = static_cast<unsigned char>(c) < 0x20 || std::string_view("/\\:*?\"<>|\x7f").contains(c);
    safe += is_odd ? '_' : c;
  }
  while (safe.ends_with('.') || safe.ends_with(' ')) safe.pop_back();
  return fmt::format("files/{:04} {}", number, safe.empty() ? "file" : safe);
}

std::string begin_story_page(const WholeStory& story, const StoryNames& names) {
  Html html;
  html.add(
          "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
      .text(title_of(story))
      .add("</title>")
      .add(kStyle)
      .add("</head><body><main><h1 dir=\"auto\">")
      .text(title_of(story))
      .add("</h1><p>Everything that ")
      .text(story.settings.organisation)
      .add(" keeps of you. It belongs to you; keep it as you would keep letters.</p>");
  if (story.person.is_sample) html.add("<p>This is an invented person of the sample team.</p>");
  tell_facts(html, story);
  tell_topics(html, story);
  tell_promises(html, story, names);
  tell_notes(html, story, names);
  html.add("<h2>What we said to each other</h2>\n");
  return html.take();
}

std::string tell_entries(const WholeStory& story, std::span<const ToldEntry> entries, const StoryNames& names) {
  Html html;
  for (const ToldEntry& told : entries) {
    const Entry& entry = told.entry;
    html.add("<p class=\"who\">").text(name_of(entry.author, names)).add(", ").text(when(story, entry.at)).add("</p>");
    html.add(entry.author.kind == AuthorKind::customer ? Markup("<div class=\"said\" dir=\"auto\">")
                                                       : Markup("<div class=\"said ours\" dir=\"auto\">"));
    if (entry.taken_back)
      html.add("<em>Taken back.</em>");
    else
      html.lines(entry.text);
    tell_versions(html, told);
    tell_files(html, told, names);
    html.add("</div>\n");
  }
  return html.take();
}

std::string end_story_page() {
  return "</main></body></html>\n";
}

}  // namespace kith::http
