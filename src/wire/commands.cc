#include "wire/commands.h"

#include <limits>

#include "base/text.h"
#include "people/text_rules.h"
#include "wire/json_reader.h"
#include "wire/opening.h"
#include "wire/words.h"

namespace kith::wire {
namespace {

constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kLongestPromise = 1000;
constexpr std::size_t kLongestLine = 500;
constexpr Seq kHighestSeq = std::numeric_limits<Seq>::max();

void read_filled(JsonFields& fields, std::string_view name, std::string& into, std::size_t max_characters,
                 Lines lines = Lines::one) {
  fields.text(name, into, max_characters, lines);
  if (trim(into).empty()) fields.refuse(name, "must not be empty");
}

// A body that says nothing but which id the new thing takes.
template <class TypedId>
Result<TypedId> read_id_alone(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  TypedId id;
  fields.id("id", id);
  KITH_CHECK(fields.finish());
  return id;
}

}  // namespace

Result<RenamePerson> decode_change_person(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  RenamePerson change;
  if (fields.has("called")) fields.text("called", change.called.emplace(), 200);
  if (fields.has("languages")) fields.texts("languages", change.languages.emplace(), 10, 35);
  if (fields.has("access_needs")) fields.text("access_needs", change.access_needs.emplace(), 1000, Lines::many);
  KITH_CHECK(fields.finish());
  return change;
}

Result<ClaimIdentity> decode_leave_address(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ClaimIdentity claim;
  fields.id("id", claim.id);
  fields.word("kind", claim.kind, kIdentityKinds);
  if (claim.kind != IdentityKind::email && claim.kind != IdentityKind::phone)
    fields.refuse("kind", "must be one of: email, phone");
  read_filled(fields, "value", claim.value, 320);
  KITH_CHECK(fields.finish());
  return claim;
}

Result<GrantRole> decode_give_role(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  GrantRole give;
  fields.id("id", give.id);
  fields.word("kind", give.kind, kRoleKinds);
  fields.maybe_id("team", give.team);
  KITH_CHECK(fields.finish());
  return give;
}

Result<MergePeople> decode_merge_people(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  MergePeople merge;
  fields.id("id", merge.id);
  fields.id("from", merge.from);
  fields.id("into", merge.into);
  read_filled(fields, "reason", merge.reason, 1000, Lines::many);
  KITH_CHECK(fields.finish());
  return merge;
}

Result<AskOnce> decode_ask_once(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  AskOnce ask;
  read_filled(fields, "field", ask.field, 64);
  KITH_CHECK(fields.finish());
  return ask;
}

Result<AnswerAsk> decode_answer_ask(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  AnswerAsk answer;
  read_filled(fields, "field", answer.field, 64);
  fields.word("state", answer.state, kAskStates);
  if (answer.state == AskState::asked) fields.refuse("state", "must be one of: answered, declined");
  KITH_CHECK(fields.finish());
  return answer;
}

Result<WriteMessage> decode_write_entry(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  WriteMessage message;
  fields.id("id", message.id);
  fields.text("text", message.text, kLongestMessage, Lines::many);
  if (fields.has("kind")) fields.word("kind", message.kind, kEntryKinds);
  if (fields.has("attachments")) fields.ids("attachments", message.attachments, kMostAttachments);
  if (fields.has("topics")) fields.ids("topics", message.topics, 50);
  if (fields.has("after")) fields.integer("after", message.after.emplace(), 0, kHighestSeq);
  KITH_CHECK(fields.finish());
  return message;
}

Result<EditEntry> decode_edit_entry(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  EditEntry edit;
  fields.id("act", edit.act);
  read_filled(fields, "text", edit.text, kLongestMessage, Lines::many);
  KITH_CHECK(fields.finish());
  return edit;
}

Result<CreateTopic> decode_open_topic(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  CreateTopic topic;
  fields.id("id", topic.id);
  read_filled(fields, "title", topic.title, kLongestTitle);
  if (fields.has("entries")) fields.ids("entries", topic.entries, 100);
  KITH_CHECK(fields.finish());
  return topic;
}

Result<RenameTopic> decode_change_topic(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  RenameTopic change;
  read_filled(fields, "title", change.title, kLongestTitle);
  KITH_CHECK(fields.finish());
  return change;
}

Result<LinkEntry> decode_link_entry(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  LinkEntry link;
  fields.id("entry", link.entry);
  KITH_CHECK(fields.finish());
  return link;
}

Result<MoveTopic> decode_move_topic(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  MoveTopic move;
  fields.word("state", move.to, kTopicStates);
  fields.maybe_time("until", move.until);
  KITH_CHECK(fields.finish());
  return move;
}

Result<SettleTopic> decode_settle_topic(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SettleTopic settle;
  fields.word("by", settle.by, kSettledBy);
  if (settle.by == SettledBy::nobody) fields.refuse("by", "must be one of: customer_word, silence");
  KITH_CHECK(fields.finish());
  return settle;
}

Result<MakePromise> decode_make_promise(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  MakePromise promise;
  fields.id("id", promise.id);
  read_filled(fields, "what", promise.what, kLongestPromise, Lines::many);
  fields.maybe_time("from", promise.from);
  fields.time("due", promise.due);
  KITH_CHECK(fields.finish());
  return promise;
}

Result<RenegotiatePromise> decode_renegotiate_promise(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  RenegotiatePromise promise;
  fields.maybe_time("from", promise.from);
  fields.time("due", promise.due);
  fields.boolean("customer_agrees", promise.customer_agrees);
  KITH_CHECK(fields.finish());
  return promise;
}

Result<OwnPromise> decode_own_promise(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  OwnPromise own;
  fields.id("entry", own.apology);
  read_filled(fields, "text", own.text, kLongestMessage, Lines::many);
  KITH_CHECK(fields.finish());
  return own;
}

Result<WriteNote> decode_write_note(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  WriteNote note;
  fields.id("id", note.id);
  read_filled(fields, "text", note.text, kLongestNote, Lines::many);
  if (fields.has("mentions")) fields.ids("mentions", note.mentions, kMostMentions);
  KITH_CHECK(fields.finish());
  return note;
}

Result<ChangeNote> decode_edit_note(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ChangeNote change;
  std::int64_t version = 1;
  fields.integer("version", version, 1, 1'000'000);
  read_filled(fields, "text", change.text, kLongestNote, Lines::many);
  KITH_CHECK(fields.finish());
  change.version = static_cast<std::uint32_t>(version);
  return change;
}

Result<BeginAttachment> decode_begin_attachment(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  BeginAttachment begin;
  fields.id("id", begin.id);
  read_filled(fields, "name", begin.name, 255);
  // More than kLargestAttachment is understood, and refused by the use case as too_large.
  fields.integer("size_bytes", begin.size_bytes, 1, std::int64_t{1} << 52);
  if (fields.has("alt_text")) fields.text("alt_text", begin.alt_text, 2000, Lines::many);
  KITH_CHECK(fields.finish());
  return begin;
}

Result<std::string> decode_alt_text(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  std::string alt_text;
  fields.text("alt_text", alt_text, 2000, Lines::many);
  KITH_CHECK(fields.finish());
  return alt_text;
}

Result<Presence> decode_presence(std::string_view body, const Presence& now) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  Presence presence = now;
  std::int64_t capacity = now.written_capacity;
  // When somebody says anew where she is, an earlier "back at" means nothing any more.
  presence.back_at.reset();
  fields.word("level", presence.level, kPresenceLevels);
  fields.maybe_time("back_at", presence.back_at);
  if (fields.has("written_capacity")) fields.integer("written_capacity", capacity, 0, 20);
  if (fields.has("takes_calls")) fields.boolean("takes_calls", presence.takes_calls);
  KITH_CHECK(fields.finish());
  presence.written_capacity = static_cast<int>(capacity);
  return presence;
}

Result<SaveSettings> decode_save_settings(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SaveSettings save;
  read_filled(fields, "organisation", save.organisation, 200);
  fields.text("hello_line", save.hello_line, kLongestLine);
  fields.text("hours", save.hours, kLongestLine);
  if (fields.has("opening")) read_opening_field(fields, "opening", save.opening.emplace());
  fields.text("nobody_there_line", save.nobody_there_line, kLongestLine);
  KITH_CHECK(fields.finish());
  return save;
}

Result<SaveTeam> decode_save_team(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SaveTeam save;
  read_filled(fields, "name", save.name, 200);
  KITH_CHECK(fields.finish());
  return save;
}

Result<SaveInbox> decode_save_inbox(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SaveInbox save;
  fields.word("kind", save.inbox.kind, kInboxKinds);
  read_filled(fields, "name", save.inbox.name, 200);
  fields.maybe_id("team", save.inbox.team);
  if (fields.has("allowed_origins")) fields.texts("allowed_origins", save.inbox.allowed_origins, 50, 300);
  if (fields.has("identity_issuer")) fields.text("identity_issuer", save.inbox.identity_issuer, 300);
  if (fields.has("hello_line")) fields.text("hello_line", save.inbox.hello_line, kLongestLine);
  KITH_CHECK(fields.finish());
  return save;
}

Result<BackupId> decode_make_backup(std::string_view body) {
  return read_id_alone<BackupId>(body);
}

Result<ActId> decode_new_identity_secret(std::string_view body) {
  return read_id_alone<ActId>(body);
}

}  // namespace kith::wire
