// People as colleagues see them: the line, lists, cards, roles, addresses, merges.
#include "conversations/line_news.h"
#include "conversations/read_conversation.h"
#include "conversations/search.h"
#include "http/api_call.h"
#include "people/colleagues.h"
#include "people/merge_people.h"
#include "people/persons.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

Answer get_line(ApiServices& api, Request request) {
  ListLine query;
  KITH_CO_CHECK(check_query(request, {"after", "limit"}));
  KITH_CO_TRY(query.after, after_of<ConversationId>(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query, &line = api.line](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const LinePage page, waiting_line(snapshot, actor, query));
    KITH_TRY(Seq newest, snapshot.changes().newest());
    // Who is with whom is for colleagues: a program could keep it.
    std::vector<WithWhom> with;
    if (actor.kind == ActorKind::colleague) with = line.who_is_with_whom();
    return wire::encode_line(page, with, newest);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

// By her own will, or "not me": `act` is LineBoard::take or LineBoard::not_me.
template <Result<void> (LineBoard::*act)(ConversationId, PersonId)>
Answer post_in_line(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  KITH_CO_TRY(Thread thread, co_await look_as(api, request.actor, id, thread_in_line));
  KITH_CO_CHECK((api.line.*act)(thread.own.id, request.actor.person));
  co_return Response::json(wire::encode(WithWhom{thread.own.id, api.line.colleague_of(thread.own.id)}));
}

Answer get_people(ApiServices& api, Request request) {
  ListPeople query;
  KITH_CO_CHECK(check_query(request, {"before", "limit"}));
  KITH_CO_TRY(query.before, before_of(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  KITH_CO_TRY(PeoplePage page, co_await look_as(api, request.actor, query, list_people));
  co_return Response::json(wire::encode_people(page));
}

Answer find_people(ApiServices& api, Request request) {
  SearchPeople query;
  KITH_CO_CHECK(check_query(request, {"q", "limit"}));
  KITH_CO_TRY(query.words, words_of(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  KITH_CO_TRY(auto found, co_await look_as(api, request.actor, std::move(query), search_people));
  co_return Response::json(wire::encode_found_people(found));
}

Answer get_person(ApiServices& api, Request request) {
  KITH_CO_TRY(PersonId id, request.id_param<PersonId>("id"));
  KITH_CO_TRY(PersonView view, co_await look_as(api, request.actor, id, view_person));
  co_return Response::json(wire::encode_person_view(view));
}

Answer patch_person(ApiServices& api, Request request) {
  KITH_CO_TRY(RenamePerson change, wire::decode_change_person(request.body));
  KITH_CO_TRY(change.person, request.id_param<PersonId>("id"));
  KITH_CO_TRY(Person person, co_await write_as(api, request.actor, std::move(change), rename_person));
  co_return answer_with(person);
}

Answer post_role(ApiServices& api, Request request) {
  KITH_CO_TRY(GrantRole give, wire::decode_give_role(request.body));
  KITH_CO_TRY(give.person, request.id_param<PersonId>("id"));
  auto was_there = [](Tx& tx, const GrantRole& command) {
    auto roles = tx.people().roles(command.person);
    return roles && std::ranges::find(*roles, command.id, &Role::id) != roles->end();
  };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, give, grant_role, was_there));
  co_return answer_with(made);
}

Answer post_role_end(ApiServices& api, Request request) {
  EndRole end;
  KITH_CO_TRY(end.person, request.id_param<PersonId>("id"));
  KITH_CO_TRY(end.id, request.id_param<RoleId>("role"));
  KITH_CO_TRY(Role role, co_await write_as(api, request.actor, end, end_role));
  co_return answer_with(role);
}

Answer post_identity(ApiServices& api, Request request) {
  KITH_CO_TRY(ClaimIdentity claim, wire::decode_leave_address(request.body));
  KITH_CO_TRY(claim.person, request.id_param<PersonId>("id"));
  auto was_there = [](Tx& tx, const ClaimIdentity& command) { return tx.identities().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(claim), claim_identity, was_there));
  co_return answer_with(made);
}

Answer post_identity_retire(ApiServices& api, Request request) {
  RetireIdentity command;
  KITH_CO_TRY(command.identity, request.id_param<IdentityId>("id"));
  KITH_CO_TRY(Identity identity, co_await write_as(api, request.actor, command, retire_identity));
  co_return answer_with(identity);
}

Answer post_merge(ApiServices& api, Request request) {
  KITH_CO_TRY(MergePeople merge, wire::decode_merge_people(request.body));
  auto was_there = [](Tx& tx, const MergePeople& command) { return tx.people().find_merge(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(merge), merge_people, was_there));
  co_return Response::json(wire::encode(made.thing.merge), made.is_new ? 201 : 200);
}

Answer post_merge_undo(ApiServices& api, Request request) {
  UndoMerge undo;
  KITH_CO_TRY(undo.id, request.id_param<MergeId>("id"));
  KITH_CO_TRY(MergeOutcome outcome, co_await write_as(api, request.actor, undo, undo_merge));
  co_return answer_with(outcome.merge);
}

}  // namespace

void add_desk_people_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy writing = colleagues(RateClass::writing);
  add_asking(router, api, get, "/api/desk/line", desk(kReadConversations), get_line);
  add(router, api, post, "/api/desk/line/{id}/take", writing, post_in_line<&LineBoard::take>);
  add(router, api, post, "/api/desk/line/{id}/not_me", writing, post_in_line<&LineBoard::not_me>);
  add_asking(router, api, get, "/api/desk/people", desk(kReadConversations), get_people);
  add_asking(router, api, get, "/api/desk/search/people", desk(kReadPeople), find_people);
  add(router, api, get, "/api/desk/people/{id}", desk(kReadPeople), get_person);
  add(router, api, patch, "/api/desk/people/{id}", writing, patch_person);
  add(router, api, post, "/api/desk/people/{id}/roles", writing, post_role);
  add(router, api, post, "/api/desk/people/{id}/roles/{role}/end", writing, post_role_end);
  add(router, api, post, "/api/desk/people/{id}/identities", writing, post_identity);
  add(router, api, post, "/api/desk/identities/{id}/retire", writing, post_identity_retire);
  add(router, api, post, "/api/desk/merges", writing, post_merge);
  add(router, api, post, "/api/desk/merges/{id}/undo", writing, post_merge_undo);
}

}  // namespace kith::http
