#include "wire/story.h"

#include "wire/nouns.h"

namespace kith::wire {
namespace {

void write_told(JsonWriter& json, const ToldEntry& told, const std::map<AttachmentId, std::string>& files) {
  json.begin_object();
  write_field(json, "entry", told.entry);
  write_list(json, "versions", told.versions);
  json.key("attachments");
  json.begin_array();
  for (const Attachment& attachment : told.attachments) {
    const auto file = files.find(attachment.id);
    json.begin_object();
    write_field(json, "attachment", attachment);
    json.key("file");
    if (file == files.end())
      json.null();
    else
      json.value(file->second);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string begin_story(const WholeStory& story) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("organisation", story.settings.organisation);
  write_field(json, "person", story.person);
  write_list(json, "merged_people", story.merged_people);
  write_list(json, "identities", story.identities);
  write_field(json, "conversation", story.thread);
  write_list(json, "topics", story.topics);
  write_list(json, "promises", story.promises);
  write_list(json, "notes", story.notes);
  json.key("entries");
  json.begin_array();
  return out;
}

std::string tell_entries(std::span<const ToldEntry> entries, bool is_first,
                         const std::map<AttachmentId, std::string>& files) {
  std::string out;
  for (const ToldEntry& told : entries) {
    out += is_first ? "\n" : ",\n";
    is_first = false;
    JsonWriter json(out);
    write_told(json, told, files);
  }
  return out;
}

std::string end_story(const std::map<PersonId, std::string>& people) {
  std::string list;
  JsonWriter json(list);
  json.begin_array();
  for (const auto& [id, called] : people) {
    json.begin_object();
    json.field("id", id);
    json.field("called", called);
    json.end_object();
  }
  json.end_array();
  return "\n],\"people\":" + list + "}\n";
}

}  // namespace kith::wire
