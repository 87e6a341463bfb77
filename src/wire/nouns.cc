#include "wire/nouns.h"

#include "wire/opening.h"
#include "wire/words.h"

namespace kith::wire {

void write_face(JsonWriter& json, std::string_view face) {
  json.key("face");
  if (face.empty()) return json.null();
  json.value("/api/faces/" + std::string(face));
}

void write(JsonWriter& json, const Person& person) {
  json.begin_object();
  json.field("id", person.id);
  json.field("called", person.called);
  write_face(json, person.face);
  json.list("languages", person.languages);
  json.field("access_needs", person.access_needs);
  json.field("merged_into", person.merged_into);
  json.field("is_sample", person.is_sample);
  json.field("created_at", person.created_at);
  json.end_object();
}

void write(JsonWriter& json, const Role& role) {
  json.begin_object();
  json.field("id", role.id);
  json.field("person", role.person);
  json.field("kind", word_of(kRoleKinds, role.kind));
  json.field("team", role.team);
  json.field("from", role.from);
  json.field("until", role.until);
  json.end_object();
}

void write(JsonWriter& json, const Identity& identity) {
  json.begin_object();
  json.field("id", identity.id);
  json.field("kind", word_of(kIdentityKinds, identity.kind));
  // What a device is known by is derived from its secret and tells nobody anything.
  json.field("value", identity.kind == IdentityKind::device ? std::string_view{} : std::string_view(identity.value));
  json.field("state", word_of(kIdentityStates, identity.state));
  json.field("confirmed_how", identity.confirmed_how);
  json.field("confirmed_at", identity.confirmed_at);
  json.end_object();
}

void write(JsonWriter& json, const Merge& merge) {
  json.begin_object();
  json.field("id", merge.id);
  json.field("from", merge.from);
  json.field("into", merge.into);
  json.field("by", merge.by);
  json.field("reason", merge.reason);
  json.field("at", merge.at);
  json.field("undone_at", merge.undone_at);
  json.field("undone_by", merge.undone_by);
  json.end_object();
}

namespace {

void write_head(JsonWriter& json, const Conversation& conversation) {
  json.field("id", conversation.id);
  json.field("person", conversation.person);
  json.field("waiting_since", conversation.waiting_since);
  json.field("paused_until", conversation.paused_until);
  json.field("last_entry", conversation.last_entry);
  json.field("created_at", conversation.created_at);
}

void write_author(JsonWriter& json, const Author& author) {
  json.key("author");
  json.begin_object();
  json.field("kind", word_of(kAuthorKinds, author.kind));
  json.field("person", author.person);
  json.key("machine");
  if (author.kind == AuthorKind::machine || author.kind == AuthorKind::notice)
    json.value(author.machine);
  else
    json.null();
  json.end_object();
}

}  // namespace

void write(JsonWriter& json, const Conversation& conversation) {
  json.begin_object();
  write_head(json, conversation);
  json.end_object();
}

void write(JsonWriter& json, const Thread& thread) {
  json.begin_object();
  write_head(json, thread.own);
  json.list("strands", thread.strands);
  json.end_object();
}

void write(JsonWriter& json, const Entry& entry) {
  json.begin_object();
  json.field("id", entry.id);
  json.field("seq", entry.seq);
  json.field("strand", entry.strand);
  json.field("kind", word_of(kEntryKinds, entry.kind));
  json.field("channel", word_of(kChannels, entry.channel));
  write_author(json, entry.author);
  json.field("text", entry.text);
  json.list("attachments", entry.attachments);
  json.field("at", entry.at);
  json.field("version", entry.version);
  json.field("changed_seq", entry.changed_seq);
  json.field("taken_back", entry.taken_back);
  json.end_object();
}

void write(JsonWriter& json, const EntryVersion& version) {
  json.begin_object();
  json.field("entry", version.entry);
  json.field("version", version.version);
  json.field("seq", version.seq);
  json.field("text", version.text);
  json.field("taken_back", version.taken_back);
  json.field("at", version.at);
  json.end_object();
}

void write(JsonWriter& json, const Topic& topic) {
  json.begin_object();
  json.field("id", topic.id);
  json.field("strand", topic.strand);
  json.field("title", topic.title);
  json.field("state", word_of(kTopicStates, topic.state));
  json.field("until", topic.until);
  json.field("settled_by", word_of(kSettledBy, topic.settled_by));
  json.list("entries", topic.entries);
  json.field("changed_seq", topic.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Note& note) {
  json.begin_object();
  json.field("id", note.id);
  json.field("about", note.about);
  json.field("author", note.author);
  json.field("text", note.text);
  json.list("mentions", note.mentions);
  json.field("version", note.version);
  json.field("taken_back", note.taken_back);
  json.field("written_at", note.written_at);
  json.field("changed_seq", note.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Promise& promise) {
  json.begin_object();
  json.field("id", promise.id);
  json.field("strand", promise.strand);
  json.field("to", promise.to);
  json.field("by", promise.by);
  json.field("what", promise.what);
  json.field("given_at", promise.given_at);
  json.field("from", promise.from);
  json.field("due", promise.due);
  json.field("state", word_of(kPromiseStates, promise.state));
  json.field("apology", promise.apology);
  json.field("changed_seq", promise.changed_seq);
  json.end_object();
}

void write(JsonWriter& json, const Ask& ask) {
  json.begin_object();
  json.field("field", ask.field);
  json.field("state", word_of(kAskStates, ask.state));
  json.end_object();
}

void write(JsonWriter& json, const Attachment& attachment) {
  json.begin_object();
  json.field("id", attachment.id);
  json.field("strand", attachment.strand);
  json.field("by", attachment.by);
  json.field("name", attachment.name);
  json.field("media_type", attachment.media_type);
  json.field("alt_text", attachment.alt_text);
  json.field("size_bytes", attachment.size_bytes);
  json.field("state", word_of(kAttachmentStates, attachment.state));
  json.field("created_at", attachment.created_at);
  json.end_object();
}

void write(JsonWriter& json, const Team& team) {
  json.begin_object();
  json.field("id", team.id);
  json.field("name", team.name);
  json.field("is_sample", team.is_sample);
  json.end_object();
}

void write(JsonWriter& json, const Inbox& inbox) {
  json.begin_object();
  json.field("id", inbox.id);
  json.field("kind", word_of(kInboxKinds, inbox.kind));
  json.field("name", inbox.name);
  json.field("team", inbox.team);
  json.list("allowed_origins", inbox.allowed_origins);
  json.field("identity_issuer", inbox.identity_issuer);
  json.field("hello_line", inbox.hello_line);
  json.field("is_sample", inbox.is_sample);
  json.end_object();
}

void write(JsonWriter& json, const Settings& settings) {
  json.begin_object();
  json.field("organisation", settings.organisation);
  json.field("hello_line", settings.hello_line);
  json.field("hours", settings.hours);
  write_field(json, "opening", settings.opening);
  json.field("nobody_there_line", settings.nobody_there_line);
  json.field("version", settings.version);
  json.end_object();
}

void write(JsonWriter& json, const WithWhom& with) {
  json.begin_object();
  json.field("conversation", with.conversation);
  json.field("colleague", with.colleague);
  json.end_object();
}

void write(JsonWriter& json, const Presence& presence) {
  json.begin_object();
  json.field("person", presence.person);
  json.field("level", word_of(kPresenceLevels, presence.level));
  json.field("back_at", presence.back_at);
  json.field("written_capacity", presence.written_capacity);
  json.field("takes_calls", presence.takes_calls);
  json.end_object();
}

void write(JsonWriter& json, const Invitation& invitation) {
  json.begin_object();
  json.field("id", invitation.id);
  json.field("called", invitation.called);
  json.field("as_leader", invitation.as_leader);
  json.field("team", invitation.team);
  json.field("invited_by", invitation.invited_by);
  json.field("expires_at", invitation.expires_at);
  json.end_object();
}

void write(JsonWriter& json, const ApiToken& token) {
  json.begin_object();
  json.field("id", token.id);
  json.field("name", token.name);
  json.key("scopes");
  json.begin_array();
  for (std::size_t bit = 0; bit < std::size(kScopes); ++bit)
    if ((token.scopes >> bit & 1U) != 0) json.value(kScopes[bit]);
  json.end_array();
  json.field("created_by", token.created_by);
  json.field("expires_at", token.expires_at);
  json.field("revoked", token.revoked);
  json.end_object();
}

}  // namespace kith::wire
