// The JSON of what a desk keeps in mind. These things stand in a strand; `conversation` is where that is read today.
#pragma once

#include <optional>
#include <string_view>

#include "domain/event.h"
#include "wire/json_writer.h"

namespace kith::wire {

void write(JsonWriter& json, const Draft& draft, ConversationId conversation);
void write(JsonWriter& json, const Scheduled& scheduled, ConversationId conversation);
void write(JsonWriter& json, const Later& later, ConversationId conversation);
void write(JsonWriter& json, const Handover& handover, ConversationId conversation);

template <class Noun>
void write_at(JsonWriter& json, std::string_view name, const Noun& noun, ConversationId conversation) {
  json.key(name);
  write(json, noun, conversation);
}

// The field "later": null when she is not put off.
void write_maybe_later(JsonWriter& json, const std::optional<Later>& later, ConversationId conversation);
// The fields "by" and "seq_read". Of the team it is never said who.
void write_read_mark(JsonWriter& json, const ReadMarkChanged& change);

}  // namespace kith::wire
