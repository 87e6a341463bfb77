#include "wire/live.h"

#include <limits>

#include "base/text.h"
#include "wire/events.h"
#include "wire/json_reader.h"
#include "wire/nouns.h"
#include "wire/words.h"

namespace kith::wire {
namespace {

constexpr std::string_view kFrameTypes[] = {"hello",  "write",   "edit",     "take_back",
                                            "typing", "reading", "presence", "ping"};
enum class FrameType : std::uint8_t { hello, write, edit, take_back, typing, reading, presence, ping };

constexpr std::int64_t kHighestSeq = std::numeric_limits<std::int64_t>::max();

LiveBody read_hello(JsonFields& fields) {
  LiveHello hello;
  fields.maybe("since", hello.since, [](JsonFields& f, Seq& seq) { f.integer("since", seq, 0, kHighestSeq); });
  if (fields.has("token")) fields.text("token", hello.token, 200);
  return hello;
}

LiveBody read_write(JsonFields& fields) {
  WriteMessage message;
  fields.id("id", message.id);
  fields.maybe_id("conversation", message.conversation);
  fields.text("text", message.text, kLongestMessage, Lines::many);
  if (fields.has("kind")) fields.word("kind", message.kind, kEntryKinds);
  if (fields.has("attachments")) fields.ids("attachments", message.attachments, kMostAttachments);
  if (fields.has("topics")) fields.ids("topics", message.topics, 50);
  if (fields.has("after")) fields.integer("after", message.after.emplace(), 0, kHighestSeq);
  return message;
}

LiveBody read_edit(JsonFields& fields) {
  EditEntry edit;
  fields.id("id", edit.act);
  fields.id("entry", edit.entry);
  fields.text("text", edit.text, kLongestMessage, Lines::many);
  if (trim(edit.text).empty()) fields.refuse("text", "must not be empty");
  return edit;
}

LiveBody read_take_back(JsonFields& fields) {
  TakeBackEntry take_back;
  fields.id("id", take_back.act);
  fields.id("entry", take_back.entry);
  return take_back;
}

LiveBody read_typing(JsonFields& fields) {
  LiveTyping typing;
  fields.maybe_id("conversation", typing.conversation);
  return typing;
}

LiveBody read_reading(JsonFields& fields) {
  LiveReading reading;
  fields.maybe_id("conversation", reading.conversation);
  fields.integer("seq", reading.seq, 0, kHighestSeq);
  return reading;
}

LiveBody read_presence(JsonFields& fields) {
  LivePresence presence;
  fields.word("level", presence.level, kPresenceLevels);
  if (fields.has("back_at")) fields.maybe_time("back_at", presence.back_at.emplace());
  if (fields.has("written_capacity")) fields.integer("written_capacity", presence.written_capacity.emplace(), 0, 20);
  if (fields.has("takes_calls")) fields.boolean("takes_calls", presence.takes_calls.emplace());
  return presence;
}

LiveBody read_body(JsonFields& fields, FrameType type) {
  switch (type) {
    case FrameType::hello:
      return read_hello(fields);
    case FrameType::write:
      return read_write(fields);
    case FrameType::edit:
      return read_edit(fields);
    case FrameType::take_back:
      return read_take_back(fields);
    case FrameType::typing:
      return read_typing(fields);
    case FrameType::reading:
      return read_reading(fields);
    case FrameType::presence:
      return read_presence(fields);
    case FrameType::ping:
      break;
  }
  return LivePing{};
}

const IdBytes* id_in(const LiveBody& body) {
  if (const auto* write = std::get_if<WriteMessage>(&body)) return &write->id.bytes;
  if (const auto* edit = std::get_if<EditEntry>(&body)) return &edit->act.bytes;
  if (const auto* take_back = std::get_if<TakeBackEntry>(&body)) return &take_back->act.bytes;
  return nullptr;
}

// {"type":"...", and what `rest` adds to it.
template <class Rest>
std::string encode_frame(std::string_view type, Rest rest) {
  std::string out;
  out.reserve(256);
  JsonWriter json(out);
  json.begin_object();
  json.field("type", type);
  rest(json);
  json.end_object();
  return out;
}

// Only `invalid` explains itself: the other details are for the log.
void write_problem(JsonWriter& json, const Error& error) {
  json.key("problem");
  json.begin_object();
  json.field("code", errc_name(error.code));
  if (error.code == Errc::invalid) json.field("detail", error.detail);
  if (!error.field.empty()) json.field("field", error.field);
  json.end_object();
}

void write_public(JsonWriter& json, const PublicPresence& presence) {
  json.begin_object();
  json.field("person", presence.person);
  json.field("level", word_of(kPresenceLevels, presence.level));
  json.field("back_at", presence.back_at);
  json.end_object();
}

void write_sender(JsonWriter& json, const LiveSender& by) {
  json.key("by");
  json.begin_object();
  json.field("kind", by.kind == ActorKind::visitor ? "customer" : "colleague");
  json.field("person", by.person);
  json.end_object();
}

std::string_view kind_of(const Actor& actor) {
  switch (actor.kind) {
    case ActorKind::visitor:
      return "customer";
    case ActorKind::colleague:
      return "colleague";
    case ActorKind::program:
      return "program";
    default:
      return "nobody";
  }
}

}  // namespace

ClientFrame decode_client_frame(std::string_view json) {
  Result<JsonFields> fields = JsonFields::parse(json);
  if (!fields) return {{}, std::unexpected(fields.error())};
  constexpr auto kNone = static_cast<FrameType>(0xff);
  FrameType type = kNone;
  fields->word("type", type, kFrameTypes);
  if (type == kNone) return {{}, std::unexpected(fields->finish().error())};
  LiveBody body = read_body(*fields, type);
  ClientFrame frame{{}, LiveBody{}};
  if (const IdBytes* id = id_in(body); id != nullptr && *id != IdBytes{}) frame.id = *id;
  if (Result<void> finished = fields->finish(); !finished) {
    frame.body = std::unexpected(finished.error());
  } else {
    frame.body = std::move(body);
  }
  return frame;
}

std::string encode_welcome(const LiveWelcome& welcome, const Actor& actor, const std::optional<Thread>& thread) {
  return encode_frame("welcome", [&](JsonWriter& json) {
    json.field("seq", welcome.seq);
    json.field("reset", welcome.reset);
    json.key("you");
    json.begin_object();
    json.field("kind", kind_of(actor));
    json.key("person");
    actor.kind == ActorKind::program ? json.null() : json.value(actor.person);
    json.end_object();
    json.key("thread");
    thread ? write(json, *thread) : json.null();
    json.key("present");
    json.begin_array();
    for (const Presence& presence : welcome.present)
      actor.kind == ActorKind::visitor ? write_public(json, public_presence(presence)) : write(json, presence);
    json.end_array();
    if (actor.kind == ActorKind::colleague) write_list(json, "with", welcome.with);
  });
}

std::string encode_caught_up(Seq seq) {
  return encode_frame("caught_up", [&](JsonWriter& json) { json.field("seq", seq); });
}

std::string encode_kept(const IdBytes& id, Seq seq) {
  return encode_frame("kept", [&](JsonWriter& json) {
    json.field("id", EntryId{id});
    json.field("seq", seq);
  });
}

std::string encode_refused(const IdBytes& id, const Error& error) {
  return encode_frame("refused", [&](JsonWriter& json) {
    json.field("id", EntryId{id});
    write_problem(json, error);
  });
}

std::string encode_live_problem(const Error& error) {
  return encode_frame("problem", [&](JsonWriter& json) { write_problem(json, error); });
}

std::string encode_pong() {
  return R"({"type":"pong"})";
}
std::string encode_going_away() {
  return R"({"type":"going_away"})";
}

std::string encode_typing(ConversationId conversation, const LiveSender& by) {
  return encode_frame("typing", [&](JsonWriter& json) {
    json.field("conversation", conversation);
    write_sender(json, by);
  });
}

std::string encode_reading(ConversationId conversation, Seq seq, const LiveSender& by) {
  return encode_frame("reading", [&](JsonWriter& json) {
    json.field("conversation", conversation);
    json.field("seq", seq);
    write_sender(json, by);
  });
}

std::string encode_presence(const Presence& presence) {
  return encode_frame("presence", [&](JsonWriter& json) { write_field(json, "presence", presence); });
}

std::string encode_with(const WithWhom& with) {
  return encode_frame("with", [&](JsonWriter& json) {
    json.field("conversation", with.conversation);
    json.field("colleague", with.colleague);
  });
}

std::string encode_presence(const PublicPresence& presence) {
  return encode_frame("presence", [&](JsonWriter& json) {
    json.key("presence");
    write_public(json, presence);
  });
}

}  // namespace kith::wire
