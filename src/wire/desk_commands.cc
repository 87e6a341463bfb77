// Bodies of requests about what a desk keeps in mind.
#include <limits>

#include "base/text.h"
#include "people/text_rules.h"
#include "wire/commands.h"
#include "wire/json_reader.h"

namespace kith::wire {

Result<MarkRead> decode_mark_read(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  MarkRead mark;
  fields.integer("seq", mark.seq, 0, std::numeric_limits<Seq>::max());
  KITH_CHECK(fields.finish());
  return mark;
}

Result<Pause> decode_pause(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  Pause pause;
  fields.time("until", pause.until);
  KITH_CHECK(fields.finish());
  return pause;
}

Result<KeepDraft> decode_keep_draft(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  KeepDraft draft;
  fields.text("text", draft.text, kLongestMessage, Lines::many);
  fields.boolean("only_for_us", draft.only_for_us);
  fields.ids("attachments", draft.attachments, kMostAttachments);
  KITH_CHECK(fields.finish());
  return draft;
}

Result<ScheduleEntry> decode_schedule_entry(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ScheduleEntry entry;
  fields.id("id", entry.id);
  fields.text("text", entry.text, kLongestMessage, Lines::many);
  if (fields.has("attachments")) fields.ids("attachments", entry.attachments, kMostAttachments);
  if (fields.has("topics")) fields.ids("topics", entry.topics, 50);
  fields.time("send_at", entry.send_at);
  KITH_CHECK(fields.finish());
  return entry;
}

Result<ChangeScheduled> decode_change_scheduled(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ChangeScheduled change;
  fields.text("text", change.text, kLongestMessage, Lines::many);
  fields.time("send_at", change.send_at);
  KITH_CHECK(fields.finish());
  return change;
}

Result<PutOff> decode_put_off(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  PutOff later;
  if (!fields.has("until")) fields.refuse("until", "is missing");
  fields.maybe_time("until", later.until);
  fields.boolean("until_she_writes", later.until_she_writes);
  fields.text("words", later.words, kLongestLaterWords, Lines::many);
  KITH_CHECK(fields.finish());
  return later;
}

Result<BringIn> decode_bring_in(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  BringIn bring;
  fields.id("id", bring.id);
  fields.id("colleague", bring.colleague);
  fields.text("words", bring.words, kLongestNote, Lines::many);
  if (trim(bring.words).empty()) fields.refuse("words", "must not be empty");
  KITH_CHECK(fields.finish());
  return bring;
}

Result<OfferHandover> decode_offer_handover(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  OfferHandover offer;
  fields.id("id", offer.id);
  fields.id("to", offer.to);
  fields.text("words", offer.words, kLongestNote, Lines::many);
  KITH_CHECK(fields.finish());
  return offer;
}

}  // namespace kith::wire
