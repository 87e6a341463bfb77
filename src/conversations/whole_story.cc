#include "conversations/whole_story.h"

#include <algorithm>

#include "people/may.h"

namespace kith {
namespace {

constexpr std::size_t kEntriesAtOnce = 200;

Result<std::vector<Identity>> identities_of(const Snapshot& snapshot, std::span<const PersonId> people) {
  std::vector<Identity> all;
  for (const PersonId person : people) {
    KITH_TRY(const auto some, snapshot.identities().identities_of(person));
    for (const Identity& identity : some)
      if (std::ranges::find(all, identity.id, &Identity::id) == all.end()) all.push_back(identity);
  }
  return all;
}

Result<ToldEntry> tell(const Snapshot& snapshot, Entry entry) {
  ToldEntry told;
  if (entry.version > 1) {
    KITH_TRY(told.versions, snapshot.entries().versions(entry.id));
  }
  for (const AttachmentId id : entry.attachments) {
    KITH_TRY(Attachment attachment, snapshot.attachments().find(id));
    if (attachment.content) told.attachments.push_back(std::move(attachment));
  }
  told.entry = std::move(entry);
  return told;
}

}  // namespace

Result<WholeStory> view_whole_story(const Snapshot& snapshot, const Actor& actor, PersonId id) {
  KITH_TRY(Person person, snapshot.people().resolve(id));
  KITH_CHECK(may(actor, Verb::read, touched::WholeStory{person.id}));
  WholeStory story{.person = std::move(person)};
  KITH_TRY(story.settings, snapshot.house().settings());
  KITH_TRY(story.thread, snapshot.conversations().thread_of(story.person.id));
  KITH_TRY(story.merged_people, snapshot.people().merged_into(story.person.id));
  std::vector<PersonId> people{story.person.id};
  for (const Person& merged : story.merged_people) people.push_back(merged.id);
  KITH_TRY(story.identities, identities_of(snapshot, people));
  KITH_TRY(story.topics, snapshot.topics().of_strands(story.thread.strands));
  KITH_TRY(story.promises, snapshot.promises().of_strands(story.thread.strands));
  KITH_TRY(story.notes, snapshot.notes().about(people));
  std::erase_if(story.notes, [](const Note& note) { return note.taken_back; });
  KITH_TRY(story.newest, snapshot.changes().newest());
  return story;
}

Result<std::vector<ToldEntry>> read_story_page(const Snapshot& snapshot, const WholeStory& story, Seq after) {
  KITH_TRY(auto entries, snapshot.entries().after(story.thread.strands, after, kEntriesAtOnce));
  std::vector<ToldEntry> page;
  for (Entry& entry : entries) {
    if (entry.seq > story.newest) break;
    KITH_TRY(ToldEntry told, tell(snapshot, std::move(entry)));
    page.push_back(std::move(told));
  }
  return page;
}

}  // namespace kith
