// What a day holds beside the words: what the desks keep in mind, and what people tell of themselves.
#include "conversations/asks.h"
#include "conversations/attachments.h"
#include "conversations/companions.h"
#include "conversations/drafts.h"
#include "conversations/handovers.h"
#include "conversations/later.h"
#include "conversations/pause.h"
#include "conversations/read_marks.h"
#include "conversations/schedule.h"
#include "conversations/write_message.h"
#include "people/persons.h"
#include "simulation/small_day.h"

namespace kith::simulation {

void SmallDay::desk() {
  const ConversationId conversation = some_conversation();
  const Actor colleague = some_colleague();
  const Seq seq = static_cast<Seq>(town_.random.below(400));
  switch (town_.random.below(5)) {
    case 0:
      static_cast<void>(attempt(colleague, mark_read, MarkRead{conversation, seq}));
      return;
    case 1:
      static_cast<void>(attempt(town_.actor(town_.any_of(town_.visitors)), mark_read, MarkRead{{}, seq}));
      return;
    case 2: {
      const Time soon = town_.clock.now() + std::chrono::minutes(1 + town_.random.below(60));
      static_cast<void>(attempt(colleague, put_off, PutOff{conversation, soon, false, town_.some_words()}));
      return;
    }
    case 3:
      static_cast<void>(attempt(colleague, bring_back, BringBack{conversation}));
      return;
    default:
      static_cast<void>(attempt(
          colleague, bring_in,
          BringIn{town_.new_id<NoteId>(), conversation, town_.any_of(town_.colleagues).person, town_.some_words()}));
  }
}

void SmallDay::mind() {
  switch (town_.random.below(6)) {
    case 0:
      return keep_draft();
    case 1:
      return hand_over();
    case 2:
      return write_for_later();
    case 3:
      return send_file();
    case 4:
      return pause();
    default:
      return tell_of_herself();
  }
}

void SmallDay::keep_draft() {
  const KeepDraft command{some_conversation(), town_.one_in(4) ? "" : town_.some_words(), town_.one_in(2), {}};
  static_cast<void>(attempt(some_colleague(), kith::keep_draft, command));
}

void SmallDay::hand_over() {
  if (handovers_.empty() || town_.one_in(2)) {
    const OfferHandover command{town_.new_id<HandoverId>(), some_conversation(), town_.any_of(town_.colleagues).person,
                                town_.some_words()};
    if (attempt(some_colleague(), offer_handover, command)) handovers_.push_back(command.id);
    return;
  }
  const AnswerHandover command{town_.any_of(handovers_)};
  static_cast<void>(attempt(some_colleague(), town_.one_in(3) ? decline_handover : accept_handover, command));
}

void SmallDay::write_for_later() {
  const Time soon = town_.clock.now() + std::chrono::minutes(1 + town_.random.below(60));
  static_cast<void>(attempt(some_colleague(), schedule_entry,
                            ScheduleEntry{.id = town_.new_id<EntryId>(),
                                          .conversation = some_conversation(),
                                          .text = town_.some_words(),
                                          .send_at = soon}));
}

void SmallDay::send_file() {
  const Actor who = somebody();
  const ConversationId conversation =
      who.kind == ActorKind::visitor ? town_.strand_of(who.person) : some_conversation();
  const std::string bytes = town_.some_words();
  const auto size = static_cast<std::int64_t>(bytes.size());
  const BeginAttachment begin{town_.new_id<AttachmentId>(), conversation, "words.txt", town_.some_words(), size};
  if (!attempt(who, begin_attachment, begin) || town_.one_in(5)) return;
  if (!attempt(who, finish_attachment, FinishAttachment{begin.id, sha256(bytes), size, bytes})) return;
  const WriteMessage message{.id = town_.new_id<EntryId>(),
                             .conversation = conversation,
                             .text = town_.some_words(),
                             .attachments = {begin.id}};
  if (attempt(who, write_message, message)) said_[message.id] = message.text;
}

void SmallDay::pause() {
  const Actor who = town_.actor(town_.any_of(town_.visitors));
  if (town_.one_in(4)) {
    static_cast<void>(attempt(who, end_pause, EndPause{}));
    return;
  }
  static_cast<void>(
      attempt(who, pause_for_a_minute, Pause{town_.clock.now() + std::chrono::minutes(1 + town_.random.below(60))}));
}

void SmallDay::tell_of_herself() {
  const Actor who = town_.actor(town_.any_of(town_.visitors));
  switch (town_.random.below(4)) {
    case 0:
      // A few addresses for all, so that some are shared.
      static_cast<void>(attempt(who, claim_identity,
                                ClaimIdentity{town_.new_id<IdentityId>(), who.person, IdentityKind::email,
                                              "home" + std::to_string(town_.random.below(5)) + "@home.example"}));
      return;
    case 1:
      static_cast<void>(attempt(who, ask_once, AskOnce{{}, "shoe_size"}));
      return;
    case 2:
      static_cast<void>(attempt(who, answer_ask,
                                AnswerAsk{{}, "shoe_size", town_.one_in(2) ? AskState::answered : AskState::declined}));
      return;
    default:
      static_cast<void>(attempt(who, rename_person, RenamePerson{who.person, {}, {{"el", "en"}}, "please write"}));
  }
}

}  // namespace kith::simulation
