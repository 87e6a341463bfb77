// Bodies of requests, read into the commands of the use cases. What the path says (whose, where) is filled in by the
// handler. Every decoder refuses what docs/api.yaml does not list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "care/presence_board.h"
#include "conversations/asks.h"
#include "conversations/attachments.h"
#include "conversations/companions.h"
#include "conversations/drafts.h"
#include "conversations/edit_entry.h"
#include "conversations/handovers.h"
#include "conversations/later.h"
#include "conversations/notes.h"
#include "conversations/pause.h"
#include "conversations/promises.h"
#include "conversations/read_marks.h"
#include "conversations/schedule.h"
#include "conversations/topics.h"
#include "conversations/write_message.h"
#include "domain/ports/backups.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/merge_people.h"
#include "people/persons.h"

namespace kith::wire {

Result<RenamePerson> decode_change_person(std::string_view body);
Result<ClaimIdentity> decode_leave_address(std::string_view body);
Result<GrantRole> decode_give_role(std::string_view body);
Result<MergePeople> decode_merge_people(std::string_view body);

Result<AskOnce> decode_ask_once(std::string_view body);
Result<AnswerAsk> decode_answer_ask(std::string_view body);

Result<WriteMessage> decode_write_entry(std::string_view body);
Result<EditEntry> decode_edit_entry(std::string_view body);

Result<CreateTopic> decode_open_topic(std::string_view body);
Result<RenameTopic> decode_change_topic(std::string_view body);
Result<LinkEntry> decode_link_entry(std::string_view body);
Result<MoveTopic> decode_move_topic(std::string_view body);
Result<SettleTopic> decode_settle_topic(std::string_view body);

Result<MakePromise> decode_make_promise(std::string_view body);
Result<RenegotiatePromise> decode_renegotiate_promise(std::string_view body);
Result<OwnPromise> decode_own_promise(std::string_view body);

Result<WriteNote> decode_write_note(std::string_view body);
Result<ChangeNote> decode_edit_note(std::string_view body);

Result<MarkRead> decode_mark_read(std::string_view body);
Result<Pause> decode_pause(std::string_view body);
Result<KeepDraft> decode_keep_draft(std::string_view body);
Result<ScheduleEntry> decode_schedule_entry(std::string_view body);
Result<ChangeScheduled> decode_change_scheduled(std::string_view body);
Result<PutOff> decode_put_off(std::string_view body);
Result<BringIn> decode_bring_in(std::string_view body);
Result<OfferHandover> decode_offer_handover(std::string_view body);

Result<BeginAttachment> decode_begin_attachment(std::string_view body);
Result<std::string> decode_alt_text(std::string_view body);

// Only `level` must be there; what is absent stays as it is in `now`.
Result<Presence> decode_presence(std::string_view body, const Presence& now);
// Without the version, which the If-Match header says.
Result<SaveSettings> decode_save_settings(std::string_view body);
Result<SaveTeam> decode_save_team(std::string_view body);
Result<SaveInbox> decode_save_inbox(std::string_view body);

Result<BackupId> decode_make_backup(std::string_view body);
Result<ActId> decode_new_identity_secret(std::string_view body);

}  // namespace kith::wire
