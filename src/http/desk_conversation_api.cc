// Conversations and their entries on the desk: /api/desk/conversations, /api/desk/entries, /api/desk/search.
#include "http/api_call.h"
#include "http/conversation_calls.h"

namespace kith::http {
namespace {

Answer get_conversation(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_conversation(api, std::move(request), id);
}

Answer get_entries(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_entries(api, std::move(request), id);
}

Answer post_entry(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_new_entry(api, std::move(request), id);
}

Answer search(ApiServices& api, Request request) {
  KITH_CO_TRY(Where conversation, id_of<ConversationId>(request, "conversation"));
  co_return co_await answer_search(api, std::move(request), conversation);
}

Answer search_in_notes(ApiServices& api, Request request) {
  SearchNotes query;
  KITH_CO_CHECK(check_query(request, {"q", "after", "limit"}));
  KITH_CO_TRY(query.words, words_of(request));
  KITH_CO_TRY(query.after, after_of<NoteId>(request));
  KITH_CO_TRY(query.limit, limit_of(request, query.limit));
  Actor actor = request.actor;
  auto look = [actor, query](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(const FoundNotes found, search_notes(snapshot, actor, query));
    std::vector<PersonId> authors;
    authors.reserve(found.found.size());
    for (const FoundNote& one : found.found) authors.push_back(one.note.author);
    KITH_TRY(auto names, names_of(snapshot, std::move(authors)));
    return wire::encode_found_notes(found, names);
  };
  KITH_CO_TRY(std::string body, co_await api.store.read(look));
  co_return Response::json(std::move(body));
}

}  // namespace

void add_desk_conversation_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy reading = desk(kReadConversations);
  Policy writing = with_room(colleagues(RateClass::writing), kEntryBodyBytes);
  Policy writing_too = with_room(desk(kWriteEntries, RateClass::writing), kEntryBodyBytes);
  add(router, api, get, "/api/desk/conversations/{id}", reading, get_conversation);
  add_asking(router, api, get, "/api/desk/conversations/{id}/entries", reading, get_entries);
  add(router, api, post, "/api/desk/conversations/{id}/entries", writing_too, post_entry);
  add(router, api, patch, "/api/desk/entries/{id}", writing, answer_edit);
  add_asking(router, api, remove, "/api/desk/entries/{id}", writing, answer_take_back);
  add(router, api, get, "/api/desk/entries/{id}/versions", reading, answer_versions);
  add_asking(router, api, get, "/api/desk/search", reading, search);
  add_asking(router, api, get, "/api/desk/search/notes", colleagues(), search_in_notes);
}

}  // namespace kith::http
