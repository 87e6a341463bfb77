// Everything the house keeps of one person, for her to take along: first what stands around the conversation, then the
// conversation itself page by page, so that a long one needs no more room than a short one.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/entry.h"
#include "domain/ports/store.h"

namespace kith {

struct WholeStory {
  Settings settings;
  Person person;  // whose story it is today
  Thread thread;
  std::vector<Person> merged_people;  // whose story is told here
  std::vector<Identity> identities;   // what she uses to reach us
  std::vector<Topic> topics;
  std::vector<Promise> promises;
  std::vector<Note> notes;  // in the words used (I21), also about merged people
  Seq newest = 0;           // what is written after this moment is not part of it
};
// For herself, and for those who lead the team or look after the house. Somebody who is merged away is answered with
// the one she leads to.
Result<WholeStory> view_whole_story(const Snapshot& snapshot, const Actor& actor, PersonId person);

struct ToldEntry {
  Entry entry;
  std::vector<EntryVersion> versions;  // every one, when there are several
  std::vector<Attachment> attachments;
};
// The next entries after `after`, oldest first; none at the end. `story` as view_whole_story() gave it.
Result<std::vector<ToldEntry>> read_story_page(const Snapshot& snapshot, const WholeStory& story, Seq after);

}  // namespace kith
