// A customer and her own conversation: /api/visitor/...
#include "conversations/asks.h"
#include "conversations/pause.h"
#include "conversations/read_marks.h"
#include "conversations/thread_access.h"
#include "conversations/topics.h"
#include "http/api_call.h"
#include "http/conversation_calls.h"
#include "http/visit_api.h"
#include "people/colleagues.h"
#include "people/persons.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

struct Myself {
  Person person;
  ConversationId conversation;
};

Answer get_me(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) -> Result<Myself> {
    KITH_TRY(Person person, view_myself(snapshot, actor));
    KITH_TRY(Thread thread, thread_for(snapshot, actor, std::nullopt));
    return Myself{std::move(person), thread.own.id};
  };
  KITH_CO_TRY(Myself me, co_await api.store.read(look));
  co_return Response::json(wire::encode_visitor(me.person, me.conversation));
}

Answer change_me(ApiServices& api, Request request) {
  KITH_CO_TRY(RenamePerson change, wire::decode_change_person(request.body));
  change.person = request.actor.person;
  KITH_CO_TRY(Person person, co_await write_as(api, request.actor, std::move(change), rename_person));
  co_return answer_with(person);
}

Answer leave_address(ApiServices& api, Request request) {
  KITH_CO_TRY(ClaimIdentity claim, wire::decode_leave_address(request.body));
  claim.person = request.actor.person;
  auto was_there = [](Tx& tx, const ClaimIdentity& command) { return tx.identities().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(claim), claim_identity, was_there));
  co_return answer_with(made);
}

Answer get_conversation(ApiServices& api, Request request) {
  co_return co_await answer_conversation(api, std::move(request), std::nullopt);
}

Answer post_ask(ApiServices& api, Request request) {
  KITH_CO_TRY(AskOnce ask, wire::decode_ask_once(request.body));
  std::string field = ask.field;
  KITH_CO_TRY(AskDecision decision, co_await write_as(api, request.actor, std::move(ask), ask_once));
  co_return Response::json(wire::encode_ask_decision(field, decision));
}

Answer put_ask(ApiServices& api, Request request) {
  KITH_CO_TRY(AnswerAsk answer, wire::decode_answer_ask(request.body));
  KITH_CO_TRY(Ask ask, co_await write_as(api, request.actor, std::move(answer), answer_ask));
  co_return answer_with(ask);
}

Answer get_entries(ApiServices& api, Request request) {
  co_return co_await answer_entries(api, std::move(request), std::nullopt);
}

Answer post_entry(ApiServices& api, Request request) {
  co_return co_await answer_new_entry(api, std::move(request), std::nullopt);
}

Answer get_notes(ApiServices& api, Request request) {
  Actor actor = request.actor;
  auto look = [actor](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(std::vector<Note> notes, read_own_notes(snapshot, actor));
    std::vector<PersonId> authors;
    authors.reserve(notes.size());
    for (const Note& note : notes) authors.push_back(note.author);
    KITH_TRY(auto names, names_of(snapshot, std::move(authors)));
    return wire::encode_notes(notes, names);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

Answer get_presence(ApiServices& api, Request) {
  Time now = api.clock.now();
  auto look = [now](const Snapshot& snapshot) { return list_faces(snapshot, now); };
  KITH_CO_TRY(std::vector<PublicFace> faces, co_await api.store.read(look));
  co_return Response::json(wire::encode_public_team(faces, api.presence.public_view()));
}

Answer put_read(ApiServices& api, Request request) {
  KITH_CO_TRY(MarkRead mark, wire::decode_mark_read(request.body));
  KITH_CO_CHECK(co_await write_as(api, request.actor, mark, mark_read));
  co_return Response::empty();
}

Answer put_pause(ApiServices& api, Request request) {
  KITH_CO_TRY(Pause pause, wire::decode_pause(request.body));
  KITH_CO_TRY(Thread thread, co_await write_as(api, request.actor, pause, pause_for_a_minute));
  co_return answer_with(thread);
}

Answer delete_pause(ApiServices& api, Request request) {
  KITH_CO_TRY(Thread thread, co_await write_as(api, request.actor, EndPause{}, end_pause));
  co_return answer_with(thread);
}

Answer settle_mine(ApiServices& api, Request request) {
  SettleTopic settle{.by = SettledBy::customer_word};
  KITH_CO_TRY(settle.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, settle, settle_topic));
  co_return answer_with(topic);
}

Answer reopen_mine(ApiServices& api, Request request) {
  ReopenTopic reopen;
  KITH_CO_TRY(reopen.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, reopen, reopen_topic));
  co_return answer_with(topic);
}

Answer search_mine(ApiServices& api, Request request) {
  co_return co_await answer_search(api, std::move(request), std::nullopt);
}

}  // namespace

void add_visitor_routes(Router& router, ApiServices& api) {
  using enum Method;
  auto at = [&](Method method, std::string_view pattern, Policy policy, Answer (*handle)(ApiServices&, Request)) {
    add(router, api, method, pattern, policy, handle);
  };
  auto ask = [&](Method method, std::string_view pattern, Policy policy, Answer (*handle)(ApiServices&, Request)) {
    add_asking(router, api, method, pattern, policy, handle);
  };
  Policy reading = visitors();
  Policy writing = visitors(RateClass::writing);
  at(post, "/api/visitor/sessions", {.who = kAnyone | kVisitor, .rate = RateClass::opening_doors}, begin_visit);
  at(remove, "/api/visitor/sessions", writing, end_visit);
  at(get, "/api/visitor/me", reading, get_me);
  at(patch, "/api/visitor/me", writing, change_me);
  at(post, "/api/visitor/identities", writing, leave_address);
  at(get, "/api/visitor/conversation", reading, get_conversation);
  at(post, "/api/visitor/asks", writing, post_ask);
  at(put, "/api/visitor/asks", writing, put_ask);
  ask(get, "/api/visitor/entries", reading, get_entries);
  at(post, "/api/visitor/entries", with_room(writing, kEntryBodyBytes), post_entry);
  at(patch, "/api/visitor/entries/{id}", with_room(writing, kEntryBodyBytes), answer_edit);
  ask(remove, "/api/visitor/entries/{id}", writing, answer_take_back);
  at(get, "/api/visitor/entries/{id}/versions", reading, answer_versions);
  at(get, "/api/visitor/notes", reading, get_notes);
  at(get, "/api/visitor/presence", reading, get_presence);
  at(put, "/api/visitor/read", visitors(RateClass::keeping), put_read);
  at(put, "/api/visitor/pause", writing, put_pause);
  at(remove, "/api/visitor/pause", writing, delete_pause);
  at(post, "/api/visitor/topics/{id}/settle", writing, settle_mine);
  at(post, "/api/visitor/topics/{id}/reopen", writing, reopen_mine);
  ask(get, "/api/visitor/search", reading, search_mine);
}

}  // namespace kith::http
