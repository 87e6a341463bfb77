// The JSON of what holds several nouns: pages, lists, views.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "care/line_board.h"
#include "care/presence_board.h"
#include "conversations/asks.h"
#include "conversations/companions.h"
#include "conversations/in_thread.h"
#include "conversations/later.h"
#include "conversations/notes.h"
#include "conversations/read_conversation.h"
#include "conversations/search.h"
#include "domain/ports/backups.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/persons.h"
#include "people/start_visit.h"
#include "wire/nouns.h"

namespace kith::wire {

// As much of a person as a bubble shows.
struct PersonName {
  PersonId id;
  std::string called;
  std::string face = {};  // the key of her picture
};
void write(JsonWriter& json, const PersonName& name);

std::string encode_visit(const Visit& visit, std::string_view token);
std::string encode_visitor(const Person& person, ConversationId conversation);
std::string encode_ask_decision(std::string_view field, const AskDecision& decision);

// `newest`: of the snapshot the view was read from, so that a client can go on live from it.
std::string encode_conversation(const ConversationView& view, Seq newest);
// The same as she reads it herself.
std::string encode_my_conversation(const ConversationView& view, Seq newest);
std::string encode_entries(const EntryPage& page, std::span<const PersonName> authors);
std::string encode_versions(std::span<const EntryVersion> versions);
std::string encode_found_entries(const FoundEntries& found);
std::string encode_found_notes(const FoundNotes& found, std::span<const PersonName> authors);

// `with`: who is with which colleague; of others nobody is.
std::string encode_line(const LinePage& page, std::span<const WithWhom> with, Seq newest);
std::string encode_people(const PeoplePage& page);
std::string encode_found_people(std::span<const FoundPerson> found);
std::string encode_person_view(const PersonView& view);

std::string encode_notes(std::span<const Note> notes, std::span<const PersonName> authors);
std::string encode_promises(const PromisePage& page, std::span<const PersonName> people);

// Where a thread is, and how the person it belongs to is called.
struct ConversationPerson {
  ConversationId conversation;
  PersonName person;
};
std::string encode_drafts(std::span<const InThread<Draft>> drafts);
std::string encode_scheduled(std::span<const InThread<Scheduled>> scheduled,
                             std::span<const ConversationPerson> people);
std::string encode_handovers(std::span<const InThread<Handover>> handovers, std::span<const ConversationPerson> people);
std::string encode_laters(const LaterPage& page, std::span<const ConversationPerson> people);
std::string encode_mentions(const MentionPage& page, std::span<const PersonName> authors);
std::string encode_brought_in(const BroughtIn& brought);

// What customers see of the team: faces, and where each of them is; whoever is not in `there` is away.
std::string encode_public_team(std::span<const PublicFace> faces, std::span<const PublicPresence> there);
std::string encode_site(const FrontDoor& door, const OpenNow& open, std::span<const PublicFace> faces,
                        std::span<const PublicPresence> there);

std::string encode_team_presence(std::span<const Presence> presence);
std::string encode_teams(std::span<const Team> teams);
std::string encode_inboxes(std::span<const Inbox> inboxes);
std::string encode_seen_pages(std::span<const std::string> origins);
std::string encode_team_members(std::span<const TeamMember> members);
std::string encode_removed_sample(std::int64_t people);
std::string encode_my_face(std::string_view face);
void write(JsonWriter& json, const KeptBackup& backup);
std::string encode_backups(std::span<const KeptBackup> backups);
std::string encode_setup(bool needed);

}  // namespace kith::wire
