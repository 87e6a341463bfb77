// What the desk keeps in mind: read marks, drafts, what is sent later, who comes back later, companions, handovers,
// mentions.
#include "conversations/companions.h"
#include "conversations/drafts.h"
#include "conversations/handovers.h"
#include "conversations/later.h"
#include "conversations/read_marks.h"
#include "conversations/schedule.h"
#include "http/api_call.h"
#include "wire/commands.h"
#include "wire/desk.h"

namespace kith::http {
namespace {

constexpr std::size_t kMostDrafts = 500;
constexpr std::size_t kMostOpen = 200;

template <class Noun>
Response answer_in_thread(const InThread<Noun>& in, int status = 200) {
  std::string out;
  wire::JsonWriter json(out);
  wire::write(json, in.thing, in.conversation);
  return Response::json(std::move(out), status);
}
template <class Noun>
Response answer_in_thread(const Made<InThread<Noun>>& made) {
  return answer_in_thread(made.thing, made.is_new ? 201 : 200);
}

// Whose conversations these are, each once.
template <class Noun>
Result<std::vector<wire::ConversationPerson>> people_of(const Snapshot& snapshot,
                                                        const std::vector<InThread<Noun>>& things) {
  std::vector<wire::ConversationPerson> people;
  for (const auto& one : things) {
    const auto is_this = [&](const wire::ConversationPerson& known) { return known.conversation == one.conversation; };
    if (std::ranges::any_of(people, is_this)) continue;
    KITH_TRY(const Person person, snapshot.people().find(one.person));
    people.push_back({one.conversation, {person.id, person.called}});
  }
  return people;
}

Answer put_read(ApiServices& api, Request request) {
  KITH_CO_TRY(MarkRead mark, wire::decode_mark_read(request.body));
  KITH_CO_TRY(mark.conversation, request.id_param<ConversationId>("id"));
  KITH_CO_CHECK(co_await write_as(api, request.actor, mark, mark_read));
  co_return Response::empty();
}

Answer put_draft(ApiServices& api, Request request) {
  KITH_CO_TRY(KeepDraft draft, wire::decode_keep_draft(request.body));
  KITH_CO_TRY(draft.conversation, request.id_param<ConversationId>("id"));
  KITH_CO_TRY(auto kept, co_await write_as(api, request.actor, std::move(draft), keep_draft));
  co_return answer_in_thread(kept);
}

Answer get_drafts(ApiServices& api, Request request) {
  KITH_CO_TRY(auto drafts, co_await look_as(api, request.actor, kMostDrafts, list_drafts));
  co_return Response::json(wire::encode_drafts(drafts));
}

Answer post_scheduled(ApiServices& api, Request request) {
  KITH_CO_TRY(ScheduleEntry entry, wire::decode_schedule_entry(request.body));
  KITH_CO_TRY(entry.conversation, request.id_param<ConversationId>("id"));
  auto was_there = [](Tx& tx, const ScheduleEntry& command) { return tx.scheduled().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(entry), schedule_entry, was_there));
  co_return answer_in_thread(made);
}

Answer get_scheduled(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const auto scheduled, list_scheduled(snapshot, actor, kMostOpen));
    KITH_TRY(const auto people, people_of(snapshot, scheduled));
    return wire::encode_scheduled(scheduled, people);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

Answer put_scheduled(ApiServices& api, Request request) {
  KITH_CO_TRY(ChangeScheduled change, wire::decode_change_scheduled(request.body));
  KITH_CO_TRY(change.id, request.id_param<EntryId>("id"));
  KITH_CO_TRY(auto changed, co_await write_as(api, request.actor, std::move(change), change_scheduled));
  co_return answer_in_thread(changed);
}

Answer delete_scheduled(ApiServices& api, Request request) {
  WithdrawScheduled withdraw;
  KITH_CO_TRY(withdraw.id, request.id_param<EntryId>("id"));
  KITH_CO_TRY(auto withdrawn, co_await write_as(api, request.actor, withdraw, withdraw_scheduled));
  co_return answer_in_thread(withdrawn);
}

Answer get_laters(ApiServices& api, Request request) {
  ListLaters query;
  KITH_CO_CHECK(check_query(request, {"after", "limit"}));
  KITH_CO_TRY(query.after, after_of<LaterId>(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const LaterPage page, list_laters(snapshot, actor, query));
    KITH_TRY(const auto people, people_of(snapshot, page.laters));
    return wire::encode_laters(page, people);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

Answer put_later(ApiServices& api, Request request) {
  KITH_CO_TRY(PutOff later, wire::decode_put_off(request.body));
  KITH_CO_TRY(later.conversation, request.id_param<ConversationId>("id"));
  KITH_CO_TRY(auto kept, co_await write_as(api, request.actor, std::move(later), put_off));
  co_return answer_in_thread(kept);
}

Answer delete_later(ApiServices& api, Request request) {
  BringBack back;
  KITH_CO_TRY(back.conversation, request.id_param<ConversationId>("id"));
  KITH_CO_CHECK(co_await write_as(api, request.actor, back, bring_back));
  co_return Response::empty();
}

Answer post_companion(ApiServices& api, Request request) {
  KITH_CO_TRY(BringIn bring, wire::decode_bring_in(request.body));
  KITH_CO_TRY(bring.conversation, request.id_param<ConversationId>("id"));
  auto was_there = [](Tx& tx, const BringIn& command) { return tx.notes().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(bring), bring_in, was_there));
  co_return Response::json(wire::encode_brought_in(made.thing), made.is_new ? 201 : 200);
}

Answer post_handover(ApiServices& api, Request request) {
  KITH_CO_TRY(OfferHandover offer, wire::decode_offer_handover(request.body));
  KITH_CO_TRY(offer.conversation, request.id_param<ConversationId>("id"));
  auto was_there = [](Tx& tx, const OfferHandover& command) { return tx.handovers().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(offer), offer_handover, was_there));
  co_return answer_in_thread(made);
}

Answer get_handovers(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const auto handovers, list_handovers(snapshot, actor, kMostOpen));
    KITH_TRY(const auto people, people_of(snapshot, handovers));
    return wire::encode_handovers(handovers, people);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

template <Result<InThread<Handover>> (*answer)(Tx&, const Actor&, const AnswerHandover&)>
Answer post_handover_answer(ApiServices& api, Request request) {
  AnswerHandover command;
  KITH_CO_TRY(command.handover, request.id_param<HandoverId>("id"));
  KITH_CO_TRY(auto handover, co_await write_as(api, request.actor, command, answer));
  co_return answer_in_thread(handover);
}

Answer get_mentions(ApiServices& api, Request request) {
  ListMentions query;
  KITH_CO_CHECK(check_query(request, {"before", "limit"}));
  KITH_CO_TRY(query.before, before_of(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const MentionPage page, list_mentions(snapshot, actor, query));
    std::vector<PersonId> authors;
    authors.reserve(page.mentions.size());
    for (const MentionedIn& mention : page.mentions) authors.push_back(mention.note.author);
    KITH_TRY(auto names, names_of(snapshot, std::move(authors)));
    return wire::encode_mentions(page, names);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

}  // namespace

void add_desk_mind_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy reading = colleagues();
  Policy writing = colleagues(RateClass::writing);
  Policy keeping = colleagues(RateClass::keeping);
  add(router, api, put, "/api/desk/conversations/{id}/read", keeping, put_read);
  add(router, api, put, "/api/desk/conversations/{id}/draft", with_room(keeping, kEntryBodyBytes), put_draft);
  add(router, api, get, "/api/desk/drafts", reading, get_drafts);
  add(router, api, post, "/api/desk/conversations/{id}/scheduled", with_room(writing, kEntryBodyBytes), post_scheduled);
  add(router, api, get, "/api/desk/scheduled", reading, get_scheduled);
  add(router, api, put, "/api/desk/scheduled/{id}", with_room(writing, kEntryBodyBytes), put_scheduled);
  add(router, api, remove, "/api/desk/scheduled/{id}", writing, delete_scheduled);
  add_asking(router, api, get, "/api/desk/laters", reading, get_laters);
  add(router, api, put, "/api/desk/conversations/{id}/later", writing, put_later);
  add(router, api, remove, "/api/desk/conversations/{id}/later", writing, delete_later);
  add(router, api, post, "/api/desk/conversations/{id}/companions", with_room(writing, kEntryBodyBytes),
      post_companion);
  add(router, api, post, "/api/desk/conversations/{id}/handovers", with_room(writing, kEntryBodyBytes), post_handover);
  add(router, api, get, "/api/desk/handovers", reading, get_handovers);
  add(router, api, post, "/api/desk/handovers/{id}/accept", writing, post_handover_answer<accept_handover>);
  add(router, api, post, "/api/desk/handovers/{id}/decline", writing, post_handover_answer<decline_handover>);
  add(router, api, post, "/api/desk/handovers/{id}/take_back", writing, post_handover_answer<take_back_handover>);
  add_asking(router, api, get, "/api/desk/mentions", reading, get_mentions);
}

}  // namespace kith::http
