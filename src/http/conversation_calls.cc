#include "http/conversation_calls.h"

#include "conversations/edit_entry.h"
#include "conversations/read_conversation.h"
#include "conversations/search.h"
#include "conversations/write_message.h"
#include "wire/commands.h"

namespace kith::http {

Answer answer_conversation(ApiServices& api, Request request, Where conversation) {
  Actor actor = request.actor;
  auto look = [actor, conversation](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(ConversationView view, view_conversation(snapshot, actor, conversation));
    KITH_TRY(Seq newest, snapshot.changes().newest());
    return actor.kind == ActorKind::visitor ? wire::encode_my_conversation(view, newest)
                                            : wire::encode_conversation(view, newest);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  Response response = Response::json(std::move(body));
  response.etag = etag_of_page(response.body);
  co_return response;
}

Answer answer_entries(ApiServices& api, Request request, Where conversation) {
  ListEntries query{.conversation = conversation};
  KITH_CO_CHECK(check_query(request, {"before", "limit"}));
  KITH_CO_TRY(query.before, before_of(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(EntryPage page, list_entries(snapshot, actor, query));
    std::vector<PersonId> authors;
    for (const Entry& entry : page.entries)
      if (entry.author.person) authors.push_back(*entry.author.person);
    KITH_TRY(auto names, names_of(snapshot, std::move(authors)));
    return wire::encode_entries(page, names);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

Answer answer_new_entry(ApiServices& api, Request request, Where conversation) {
  KITH_CO_TRY(WriteMessage message, wire::decode_write_entry(request.body));
  message.conversation = conversation;
  auto was_there = [](Tx& tx, const WriteMessage& command) { return tx.entries().find(command.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, std::move(request.actor), std::move(message), write_message, was_there));
  co_return answer_with(made);
}

Answer answer_search(ApiServices& api, Request request, Where conversation) {
  SearchEntries query{.conversation = conversation};
  KITH_CO_CHECK(check_query(request, {"q", "conversation", "from", "until", "before", "limit"}));
  KITH_CO_TRY(query.words, words_of(request));
  KITH_CO_TRY(query.before, before_of(request));
  KITH_CO_TRY(query.from, time_of(request, "from"));
  KITH_CO_TRY(query.until, time_of(request, "until"));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  KITH_CO_TRY(FoundEntries found, co_await look_as(api, request.actor, std::move(query), search_entries));
  co_return Response::json(wire::encode_found_entries(found));
}

Answer answer_edit(ApiServices& api, Request request) {
  KITH_CO_TRY(EditEntry edit, wire::decode_edit_entry(request.body));
  KITH_CO_TRY(edit.entry, request.id_param<EntryId>("id"));
  KITH_CO_TRY(Entry entry, co_await write_as(api, request.actor, std::move(edit), edit_entry));
  co_return answer_with(entry);
}

Answer answer_take_back(ApiServices& api, Request request) {
  TakeBackEntry command;
  KITH_CO_CHECK(check_query(request, {"act"}));
  KITH_CO_TRY(command.entry, request.id_param<EntryId>("id"));
  KITH_CO_TRY(command.act, needed_id_of<ActId>(request, "act"));
  KITH_CO_TRY(Entry entry, co_await write_as(api, request.actor, command, take_back_entry));
  co_return answer_with(entry);
}

Answer answer_versions(ApiServices& api, Request request) {
  KITH_CO_TRY(EntryId entry, request.id_param<EntryId>("id"));
  KITH_CO_TRY(auto versions, co_await look_as(api, request.actor, entry, list_versions));
  co_return Response::json(wire::encode_versions(versions));
}

}  // namespace kith::http
