#include "conversations/read_conversation.h"

#include <algorithm>

#include "conversations/later.h"
#include "conversations/page_text.h"
#include "conversations/read_marks.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"

namespace kith {
namespace {

std::size_t page_size(std::size_t asked) {
  return std::clamp<std::size_t>(asked, 1, kLongestPage);
}

Result<std::vector<Attachment>> attachments_of(const Snapshot& snapshot, const std::vector<Entry>& entries) {
  std::vector<Attachment> all;
  for (const Entry& entry : entries) {
    for (const AttachmentId id : entry.attachments) {
      KITH_TRY(auto attachment, if_found(snapshot.attachments().find(id)));
      if (attachment) all.push_back(std::move(*attachment));
    }
  }
  return all;
}

// What the desk keeps in mind, as far as it is whoever asks's to see.
Result<void> add_desk(const Snapshot& snapshot, const Actor& actor, ConversationView& view) {
  const auto& strands = view.thread.strands;
  const auto read_by = [&](ReadBy by, std::optional<PersonId> person) {
    return read_up_to(snapshot.read_marks(), snapshot.entries(), strands, by, person);
  };
  KITH_TRY(view.companions, snapshot.companions().of_strands(strands, kMostCompanions));
  if (actor.kind == ActorKind::visitor) {
    KITH_TRY(view.read_seq, read_by(ReadBy::customer, std::nullopt));
    KITH_TRY(view.read_by_other, read_by(ReadBy::team, std::nullopt));
    return {};
  }
  if (actor.kind != ActorKind::colleague) return {};
  KITH_TRY(view.handovers, snapshot.handovers().of_strands(strands, kMostHandovers));
  KITH_TRY(view.later, standing_later(snapshot.laters(), strands, actor.person));
  KITH_TRY(view.read_seq, read_by(ReadBy::colleague, actor.person));
  KITH_TRY(view.read_by_other, read_by(ReadBy::customer, std::nullopt));
  return {};
}

Result<std::vector<DeskRow>> desk_rows(const Snapshot& snapshot, const Actor& actor,
                                       std::vector<ConversationRow> found) {
  std::vector<DeskRow> rows;
  rows.reserve(found.size());
  for (ConversationRow& one : found) {
    DeskRow row{std::move(one), 0, std::nullopt, {}};
    KITH_TRY(row.companions, snapshot.companions().of_strands(row.strands, kMostCompanions));
    if (actor.kind == ActorKind::colleague) {
      KITH_TRY(row.read_seq,
               read_up_to(snapshot.read_marks(), snapshot.entries(), row.strands, ReadBy::colleague, actor.person));
      KITH_TRY(row.later, standing_later(snapshot.laters(), row.strands, actor.person));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<EntryPage> list_entries(const Snapshot& snapshot, const Actor& actor, const ListEntries& query) {
  KITH_TRY(const auto thread, thread_for(snapshot, actor, query.conversation));
  const std::size_t limit = page_size(query.limit);
  EntryPage page;
  KITH_TRY(page.entries, snapshot.entries().page(thread.strands, query.before, limit + 1));
  const std::size_t count = how_many_fit(page.entries, limit);
  if (page.entries.size() > count) {
    page.entries.resize(count);
    page.next = page.entries.back().seq;
  }
  KITH_TRY(page.attachments, attachments_of(snapshot, page.entries));
  return page;
}

Result<Entry> view_entry(const Snapshot& snapshot, const Actor& actor, EntryId id) {
  KITH_TRY(Entry entry, snapshot.entries().find(id));
  KITH_CHECK(thread_for(snapshot, actor, entry.strand));
  return entry;
}

Result<ConversationView> view_conversation(const Snapshot& snapshot, const Actor& actor,
                                           std::optional<ConversationId> conversation) {
  ConversationView view;
  KITH_TRY(view.thread, thread_for(snapshot, actor, conversation));
  KITH_TRY(view.person, snapshot.people().find(view.thread.own.person));
  KITH_TRY(view.topics, snapshot.topics().of_strands(view.thread.strands));
  KITH_TRY(view.promises, snapshot.promises().of_strands(view.thread.strands));
  KITH_CHECK(add_desk(snapshot, actor, view));
  return view;
}

Result<PeoplePage> list_people(const Snapshot& snapshot, const Actor& actor, const ListPeople& query) {
  KITH_CHECK(may(actor, Verb::read, touched::EveryConversation{}));
  const std::size_t limit = page_size(query.limit);
  PeoplePage page;
  KITH_TRY(auto rows, snapshot.conversations().recent(query.before, limit + 1));
  if (rows.size() > limit) {
    rows.resize(limit);
    page.next = rows.back().newest ? rows.back().newest->seq : 0;
  }
  KITH_TRY(page.rows, desk_rows(snapshot, actor, std::move(rows)));
  return page;
}

Result<LinePage> waiting_line(const Snapshot& snapshot, const Actor& actor, const ListLine& query) {
  KITH_CHECK(may(actor, Verb::read, touched::EveryConversation{}));
  const std::size_t limit = page_size(query.limit);
  LinePage page;
  KITH_TRY(auto rows, snapshot.conversations().waiting(query.after, limit + 1));
  if (rows.size() > limit) {
    rows.resize(limit);
    const Conversation& last = rows.back().conversation;
    page.further = Place{last.waiting_since.value_or(kAfterAll), last.id};
  }
  KITH_TRY(page.rows, desk_rows(snapshot, actor, std::move(rows)));
  return page;
}

Result<PromisePage> list_promises(const Snapshot& snapshot, const Actor& actor, const ListPromises& query) {
  KITH_CHECK(may(actor, Verb::read, touched::EveryConversation{}));
  const std::size_t limit = page_size(query.limit);
  PromisePage page;
  KITH_TRY(page.promises, snapshot.promises().alive(query.by, query.after, limit + 1));
  if (page.promises.size() > limit) {
    page.promises.resize(limit);
    page.further = place_of(page.promises.back());
  }
  return page;
}

}  // namespace kith
