#include "wire/desk.h"

#include "wire/words.h"

namespace kith::wire {

void write(JsonWriter& json, const Draft& draft, ConversationId conversation) {
  json.begin_object();
  json.field("conversation", conversation);
  json.field("text", draft.text);
  json.field("only_for_us", draft.only_for_us);
  json.list("attachments", draft.attachments);
  json.field("changed_seq", draft.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Scheduled& scheduled, ConversationId conversation) {
  json.begin_object();
  json.field("id", scheduled.id);
  json.field("conversation", conversation);
  json.field("by", scheduled.by);
  json.field("text", scheduled.text);
  json.list("attachments", scheduled.attachments);
  json.list("topics", scheduled.topics);
  json.field("send_at", scheduled.send_at);
  json.field("state", word_of(kScheduledStates, scheduled.state));
  json.field("changed_seq", scheduled.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Later& later, ConversationId conversation) {
  json.begin_object();
  json.field("conversation", conversation);
  json.field("until", later.until);
  json.field("until_she_writes", later.until_she_writes);
  json.field("words", later.words);
  json.field("changed_seq", later.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Handover& handover, ConversationId conversation) {
  json.begin_object();
  json.field("id", handover.id);
  json.field("conversation", conversation);
  json.field("from", handover.from);
  json.field("to", handover.to);
  json.field("words", handover.words);
  json.field("state", word_of(kHandoverStates, handover.state));
  json.field("at", handover.at);
  json.field("changed_seq", handover.changed_seq);
  json.end_object();
}

void write_maybe_later(JsonWriter& json, const std::optional<Later>& later, ConversationId conversation) {
  json.key("later");
  later ? write(json, *later, conversation) : json.null();
}

void write_read_mark(JsonWriter& json, const ReadMarkChanged& change) {
  const bool is_customers = change.mark.by == ReadBy::customer;
  json.key("by");
  json.begin_object();
  json.field("kind", is_customers ? "customer" : "colleague");
  json.field("person", is_customers ? std::optional(change.customer) : change.mark.person);
  json.end_object();
  json.field("seq_read", change.seq_read);
}

}  // namespace kith::wire
