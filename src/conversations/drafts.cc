#include "conversations/drafts.h"

#include <algorithm>
#include <utility>

#include "conversations/thread_access.h"
#include "conversations/write_message.h"
#include "people/if_found.h"
#include "people/text_rules.h"

namespace kith {
namespace {

Result<void> check_draft(Tx& tx, const Actor& actor, const Thread& thread, const KeepDraft& command) {
  KITH_CHECK(read_text("text", command.text, kLongestMessage));
  if (command.attachments.size() > kMostAttachments) return invalid("attachments", "too many");
  for (const AttachmentId id : command.attachments) {
    KITH_TRY(const auto attachment, if_found(tx.attachments().find(id)));
    if (!attachment || !has_strand(thread, attachment->strand) || attachment->by != actor.person)
      return invalid("attachments", "unknown");
  }
  return {};
}

}  // namespace

Result<InThread<Draft>> keep_draft(Tx& tx, const Actor& actor, const KeepDraft& command) {
  KITH_TRY(const auto thread, thread_for(tx, actor, command.conversation));
  KITH_CHECK(may(actor, Verb::change, touched::OwnDesk{actor.person}));
  KITH_CHECK(check_draft(tx, actor, thread, command));
  KITH_TRY(const auto drafts, tx.drafts().of_strands(thread.strands, actor.person));
  const auto own = std::ranges::find(drafts, thread.own.id, &Draft::strand);
  Draft draft{.strand = thread.own.id, .author = actor.person};
  if (own != drafts.end()) draft = *own;
  draft.text = command.text;
  draft.only_for_us = command.only_for_us;
  draft.attachments = command.attachments;
  const auto answer = [&](const Draft& kept) { return InThread<Draft>{kept, thread.own.id, thread.own.person}; };
  if (drafts.empty() && draft.is_empty()) return answer(draft);
  // Of joined strands the newest draft is the one she sees; it may stand in another strand than her own.
  if (!drafts.empty() && own == drafts.begin() && draft == *own) return answer(draft);
  draft.changed_seq = tx.next_seq();
  if (own == drafts.end()) {
    draft.id = tx.new_id<DraftId>();
    KITH_CHECK(tx.drafts().add(draft));
  } else {
    KITH_CHECK(tx.drafts().save(draft));
  }
  tx.emit(event_in(thread, draft.changed_seq, DraftChanged{draft}));
  return answer(draft);
}

Result<std::vector<InThread<Draft>>> list_drafts(const Snapshot& snapshot, const Actor& actor, std::size_t limit) {
  KITH_CHECK(may(actor, Verb::read, touched::OwnDesk{actor.person}));
  KITH_TRY(auto drafts, snapshot.drafts().of_author(actor.person, limit));
  std::vector<InThread<Draft>> found;
  for (Draft& draft : drafts) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_with(draft.strand));
    if (thread.strands.size() > 1) {
      KITH_TRY(const auto all, snapshot.drafts().of_strands(thread.strands, actor.person));
      if (!all.empty() && all.front().id != draft.id) continue;
    }
    found.push_back({std::move(draft), thread.own.id, thread.own.person});
  }
  return found;
}

}  // namespace kith
