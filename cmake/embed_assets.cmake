# Puts what the front end built (web/apps/*/dist, made by `make web`) into the library kith_web. Looked at by every build,
# because the names in there change with their content; without a change nothing is compiled again. Nothing there yet is
# fine: the program then says that it was built without its pages.
function(kith_embed_assets)
  find_program(KITH_PYTHON python3 HINTS /usr/bin NO_CMAKE_ENVIRONMENT_PATH NO_SYSTEM_ENVIRONMENT_PATH REQUIRED)
  set(out ${CMAKE_BINARY_DIR}/generated/kith_web/embedded_assets.cc)
  set(command ${KITH_PYTHON} ${CMAKE_SOURCE_DIR}/tools/embed_assets.py --web ${CMAKE_SOURCE_DIR}/web --out ${out})
  foreach(file ${ARGN})
    list(APPEND command --file ${file})
  endforeach()
  execute_process(COMMAND ${command} COMMAND_ERROR_IS_FATAL ANY)
  add_custom_target(kith_look_at_web COMMAND ${command} BYPRODUCTS ${out} VERBATIM
    COMMENT "Looking at what the front end built")
  add_library(kith_web STATIC ${out})
  target_link_libraries(kith_web PRIVATE kith_options)
  add_dependencies(kith_web kith_look_at_web)
endfunction()
