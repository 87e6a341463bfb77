// Topics, promises and notes: what the desk does so that nothing is forgotten.
#include "conversations/notes.h"
#include "conversations/promises.h"
#include "conversations/read_conversation.h"
#include "conversations/topics.h"
#include "http/api_call.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

Answer post_topic(ApiServices& api, Request request) {
  KITH_CO_TRY(CreateTopic topic, wire::decode_open_topic(request.body));
  KITH_CO_TRY(topic.conversation, request.id_param<ConversationId>("id"));
  auto was_there = [](Tx& tx, const CreateTopic& command) { return tx.topics().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(topic), create_topic, was_there));
  co_return answer_with(made);
}

Answer patch_topic(ApiServices& api, Request request) {
  KITH_CO_TRY(RenameTopic change, wire::decode_change_topic(request.body));
  KITH_CO_TRY(change.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, std::move(change), rename_topic));
  co_return answer_with(topic);
}

Answer post_topic_entry(ApiServices& api, Request request) {
  KITH_CO_TRY(LinkEntry link, wire::decode_link_entry(request.body));
  KITH_CO_TRY(link.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, link, link_entry));
  co_return answer_with(topic);
}

Answer delete_topic_entry(ApiServices& api, Request request) {
  LinkEntry link;
  KITH_CO_TRY(link.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(link.entry, request.id_param<EntryId>("entry"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, link, unlink_entry));
  co_return answer_with(topic);
}

Answer put_topic_state(ApiServices& api, Request request) {
  KITH_CO_TRY(MoveTopic move, wire::decode_move_topic(request.body));
  KITH_CO_TRY(move.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, move, move_topic));
  co_return answer_with(topic);
}

Answer post_topic_settle(ApiServices& api, Request request) {
  KITH_CO_TRY(SettleTopic settle, wire::decode_settle_topic(request.body));
  KITH_CO_TRY(settle.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, settle, settle_topic));
  co_return answer_with(topic);
}

Answer post_topic_reopen(ApiServices& api, Request request) {
  ReopenTopic reopen;
  KITH_CO_TRY(reopen.topic, request.id_param<TopicId>("id"));
  KITH_CO_TRY(Topic topic, co_await write_as(api, request.actor, reopen, reopen_topic));
  co_return answer_with(topic);
}

Answer post_promise(ApiServices& api, Request request) {
  KITH_CO_TRY(MakePromise promise, wire::decode_make_promise(request.body));
  KITH_CO_TRY(promise.conversation, request.id_param<ConversationId>("id"));
  auto was_there = [](Tx& tx, const MakePromise& command) { return tx.promises().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(promise), make_promise, was_there));
  co_return answer_with(made);
}

// Whose promises: `of=me` (also when it is not said) or `of=team`.
Result<std::optional<PersonId>> giver_of(const Request& request) {
  std::string_view of = request.query_value("of").value_or("me");
  if (of == "team") return std::optional<PersonId>();
  if (of == "me") return std::optional(request.actor.person);
  return invalid("of", "must be one of: me, team");
}

Answer get_promises(ApiServices& api, Request request) {
  ListPromises query;
  KITH_CO_CHECK(check_query(request, {"of", "after", "limit"}));
  KITH_CO_TRY(query.by, giver_of(request));
  KITH_CO_TRY(query.after, after_of<PromiseId>(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const PromisePage page, list_promises(snapshot, actor, query));
    std::vector<PersonId> people;
    for (const Promise& promise : page.promises) people.insert(people.end(), {promise.by, promise.to});
    KITH_TRY(auto names, names_of(snapshot, std::move(people)));
    return wire::encode_promises(page, names);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

Answer post_promise_keep(ApiServices& api, Request request) {
  KeepPromise keep;
  KITH_CO_TRY(keep.promise, request.id_param<PromiseId>("id"));
  KITH_CO_TRY(Promise promise, co_await write_as(api, request.actor, keep, keep_promise));
  co_return answer_with(promise);
}

Answer post_promise_renegotiate(ApiServices& api, Request request) {
  KITH_CO_TRY(RenegotiatePromise anew, wire::decode_renegotiate_promise(request.body));
  KITH_CO_TRY(anew.promise, request.id_param<PromiseId>("id"));
  KITH_CO_TRY(Promise promise, co_await write_as(api, request.actor, anew, renegotiate_promise));
  co_return answer_with(promise);
}

Answer post_promise_own(ApiServices& api, Request request) {
  KITH_CO_TRY(OwnPromise own, wire::decode_own_promise(request.body));
  KITH_CO_TRY(own.promise, request.id_param<PromiseId>("id"));
  KITH_CO_TRY(OwnedPromise owned, co_await write_as(api, request.actor, std::move(own), own_promise));
  co_return answer_with(owned.promise);
}

Answer post_note(ApiServices& api, Request request) {
  KITH_CO_TRY(WriteNote note, wire::decode_write_note(request.body));
  KITH_CO_TRY(note.about, request.id_param<PersonId>("id"));
  auto was_there = [](Tx& tx, const WriteNote& command) { return tx.notes().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(note), write_note, was_there));
  co_return answer_with(made);
}

Answer patch_note(ApiServices& api, Request request) {
  KITH_CO_TRY(ChangeNote change, wire::decode_edit_note(request.body));
  KITH_CO_TRY(change.note, request.id_param<NoteId>("id"));
  KITH_CO_TRY(Note note, co_await write_as(api, request.actor, std::move(change), change_note));
  co_return answer_with(note);
}

Answer delete_note(ApiServices& api, Request request) {
  TakeBackNote command;
  KITH_CO_TRY(command.note, request.id_param<NoteId>("id"));
  KITH_CO_TRY(Note note, co_await write_as(api, request.actor, command, take_back_note));
  co_return answer_with(note);
}

}  // namespace

void add_desk_care_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy writing = colleagues(RateClass::writing);
  Policy with_long_text = with_room(writing, kEntryBodyBytes);
  add(router, api, post, "/api/desk/conversations/{id}/topics", writing, post_topic);
  add(router, api, patch, "/api/desk/topics/{id}", writing, patch_topic);
  add(router, api, post, "/api/desk/topics/{id}/entries", writing, post_topic_entry);
  add(router, api, remove, "/api/desk/topics/{id}/entries/{entry}", writing, delete_topic_entry);
  add(router, api, put, "/api/desk/topics/{id}/state", writing, put_topic_state);
  add(router, api, post, "/api/desk/topics/{id}/settle", writing, post_topic_settle);
  add(router, api, post, "/api/desk/topics/{id}/reopen", writing, post_topic_reopen);
  add(router, api, post, "/api/desk/conversations/{id}/promises", writing, post_promise);
  add_asking(router, api, get, "/api/desk/promises", colleagues(), get_promises);
  add(router, api, post, "/api/desk/promises/{id}/keep", writing, post_promise_keep);
  add(router, api, post, "/api/desk/promises/{id}/renegotiate", writing, post_promise_renegotiate);
  add(router, api, post, "/api/desk/promises/{id}/own", with_long_text, post_promise_own);
  add(router, api, post, "/api/desk/people/{id}/notes", with_long_text, post_note);
  add(router, api, patch, "/api/desk/notes/{id}", with_long_text, patch_note);
  add(router, api, remove, "/api/desk/notes/{id}", writing, delete_note);
}

}  // namespace kith::http
