// A person's whole story as a zip file that is made while it is sent: GET /api/visitor/export and
// /api/desk/people/{id}/export.
#include <memory>

#include "conversations/media_type.h"
#include "http/api_call.h"
#include "http/attachment_content.h"
#include "http/story_page.h"
#include "runtime/zip_stream.h"
#include "wire/story.h"

namespace kith::http {
namespace {

using boost::asio::awaitable;
using runtime::ZipStream;

constexpr std::int64_t kReadBytes = 256 * 1024;

struct NamedPage {
  std::vector<ToldEntry> entries;
  std::vector<wire::PersonName> authors;
};

struct NamedStory {
  WholeStory story;
  std::vector<wire::PersonName> people;  // who wrote notes and gave promises
};

// One export from its first byte to its last. Shared, because the response outlives the handler; steps never overlap.
class StoryExport {
 public:
  StoryExport(ApiServices& api, NamedStory named, ZipStream zip)
      : api_(api), story_(std::move(named.story)), zip_(std::move(zip)) {
    remember(named.people);
  }

  // The next bytes; empty at the end.
  awaitable<Result<std::string>> next() {
    std::string bytes;
    while (bytes.empty() && part_ != Part::done) {
      KITH_CO_CHECK(co_await step());
      bytes = zip_.take();
    }
    co_return bytes;
  }

 private:
  enum class Part : std::uint8_t { begin_page, page, begin_json, json, files, done };

  awaitable<Result<void>> step() {
    switch (part_) {
      case Part::begin_page:
        part_ = Part::page;
        co_return co_await begin("story.html", begin_story_page(story_, names_));
      case Part::page:
        co_return co_await tell_page();
      case Part::begin_json:
        part_ = Part::json;
        co_return co_await begin("story.json", wire::begin_story(story_));
      case Part::json:
        co_return co_await tell_json();
      case Part::files:
        co_return co_await send_files();
      case Part::done:
        break;
    }
    co_return Result<void>();
  }

  awaitable<Result<void>> tell_page() {
    KITH_CO_TRY(std::vector<ToldEntry> entries, co_await read_page());
    for (const ToldEntry& told : entries)
      for (const Attachment& attachment : told.attachments) remember(attachment);
    if (entries.empty()) {
      part_ = Part::begin_json;
      after_ = 0;
      co_return co_await pack(end_story_page());
    }
    co_return co_await pack(tell_entries(story_, entries, names_));
  }

  awaitable<Result<void>> tell_json() {
    const bool is_first = after_ == 0;
    KITH_CO_TRY(std::vector<ToldEntry> entries, co_await read_page());
    if (!entries.empty()) co_return co_await pack(wire::tell_entries(entries, is_first, names_.files));
    part_ = Part::files;
    co_return co_await pack(wire::end_story(names_.people));
  }

  // One piece of one file, or the end of everything.
  awaitable<Result<void>> send_files() {
    if (file_ == files_.size()) {
      part_ = Part::done;
      auto work = [this] { return zip_.finish(); };
      co_return co_await api_.workers.run(work);
    }
    const Attachment& attachment = files_[file_];
    if (offset_ == 0) KITH_CO_CHECK(co_await begin_attachment(attachment));
    auto work = [this, content = *attachment.content]() -> Result<std::int64_t> {
      KITH_TRY(const std::string bytes, api_.files.read(content, offset_, kReadBytes));
      KITH_CHECK(zip_.write(bytes));
      return static_cast<std::int64_t>(bytes.size());
    };
    KITH_CO_TRY(std::int64_t sent, co_await api_.workers.run(work));
    offset_ += sent;
    if (offset_ < attachment.size_bytes && sent > 0) co_return Result<void>();
    if (offset_ < attachment.size_bytes) co_return fail(Errc::unavailable, "a kept file is shorter than it was");
    ++file_;
    offset_ = 0;
    co_return Result<void>();
  }

  awaitable<Result<void>> begin_attachment(Attachment attachment) {
    // Pictures, sound and film are packed already.
    const bool is_packed = is_shown_inline(attachment.media_type) || attachment.media_type == "application/zip";
    const auto packing = is_packed ? ZipStream::Packing::none : ZipStream::Packing::deflate;
    auto work = [this, name = names_.files.at(attachment.id), at = attachment.created_at, packing] {
      return zip_.begin_file(name, at, packing);
    };
    co_return co_await api_.workers.run(std::move(work));
  }

  awaitable<Result<void>> begin(std::string name, std::string text) {
    auto work = [this, name = std::move(name), text = std::move(text), now = api_.clock.now()]() -> Result<void> {
      KITH_CHECK(zip_.begin_file(name, now));
      return zip_.write(text);
    };
    co_return co_await api_.workers.run(std::move(work));
  }

  awaitable<Result<void>> pack(std::string text) {
    auto work = [this, text = std::move(text)] { return zip_.write(text); };
    co_return co_await api_.workers.run(std::move(work));
  }

  awaitable<Result<std::vector<ToldEntry>>> read_page() {
    auto look = [this](const Snapshot& snapshot) -> Result<NamedPage> {
      NamedPage page;
      KITH_TRY(page.entries, read_story_page(snapshot, story_, after_));
      std::vector<PersonId> authors;
      for (const ToldEntry& told : page.entries)
        if (told.entry.author.person) authors.push_back(*told.entry.author.person);
      KITH_TRY(page.authors, names_of(snapshot, std::move(authors)));
      return page;
    };
    KITH_CO_TRY(NamedPage page, co_await api_.store.read(look));
    remember(page.authors);
    if (!page.entries.empty()) after_ = page.entries.back().entry.seq;
    co_return std::move(page.entries);
  }

  void remember(const std::vector<wire::PersonName>& people) {
    for (const wire::PersonName& person : people) names_.people[person.id] = person.called;
  }
  void remember(const Attachment& attachment) {
    if (names_.files.contains(attachment.id)) return;
    files_.push_back(attachment);
    names_.files[attachment.id] = story_file_name(files_.size(), attachment.name);
  }

  ApiServices& api_;
  WholeStory story_;
  ZipStream zip_;
  StoryNames names_;
  std::vector<Attachment> files_;
  Part part_ = Part::begin_page;
  Seq after_ = 0;
  std::size_t file_ = 0;
  std::int64_t offset_ = 0;
};

Result<NamedStory> look_at_story(const Snapshot& snapshot, const Actor& actor, PersonId person) {
  NamedStory named;
  KITH_TRY(named.story, view_whole_story(snapshot, actor, person));
  std::vector<PersonId> people;
  for (const Note& note : named.story.notes) people.push_back(note.author);
  for (const Promise& promise : named.story.promises) people.push_back(promise.by);
  KITH_TRY(named.people, names_of(snapshot, std::move(people)));
  return named;
}

Answer send_story(ApiServices& api, Actor actor, PersonId person) {
  KITH_CO_TRY(NamedStory named, co_await look_as(api, std::move(actor), person, look_at_story));
  const std::string file = (named.story.person.called.empty() ? "my story" : named.story.person.called) + ".zip";
  KITH_CO_TRY(ZipStream zip, ZipStream::open());
  auto story = std::make_shared<StoryExport>(api, std::move(named), std::move(zip));
  Response response;
  response.with("Content-Type", "application/zip")
      .with("Content-Disposition", content_disposition("attachment", file))
      .with("Cache-Control", "no-store");
  response.source = BodySource{{}, [story] { return story->next(); }};
  co_return response;
}

Answer get_my_story(ApiServices& api, Request request) {
  const PersonId me = request.actor.person;
  co_return co_await send_story(api, std::move(request.actor), me);
}

Answer get_story(ApiServices& api, Request request) {
  KITH_CO_TRY(PersonId person, request.id_param<PersonId>("id"));
  co_return co_await send_story(api, std::move(request.actor), person);
}

}  // namespace

void add_export_routes(Router& router, ApiServices& api) {
  add(router, api, Method::get, "/api/visitor/export", visitors(RateClass::opening_doors), get_my_story);
  add(router, api, Method::get, "/api/desk/people/{id}/export", colleagues(RateClass::opening_doors), get_story);
}

}  // namespace kith::http
