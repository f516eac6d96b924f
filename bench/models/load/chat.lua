-- Arguments: scenario (plain, sse, prompt, translated, translated_sse), variant.
function init(args)
  local scenario, variant = args[1], args[2]
  local stream = scenario:find("sse") and ',"stream":true' or ''
  if scenario:find("sse") and not scenario:find("translated") then stream = stream .. ',"stream_options":{"include_usage":true}' end
  local prompt = scenario == "prompt" and string.rep("Ships wait for the tide and for the wind. ", 2440) or "When does the tide come in, and why twice a day?"
  local anthropic = scenario:find("translated") and variant == "tidegate"
  wrk.method = "POST"
  wrk.path = anthropic and "/v1/messages" or "/v1/chat/completions"
  wrk.body = '{"model":"' .. (scenario == "hold" and "hold" or "bench") .. '",' .. (anthropic and '"max_tokens":100,' or '') .. '"messages":[{"role":"user","content":"' .. prompt .. '"}]' .. (scenario == "hold" and ',"stream":true' or stream) .. '}'
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["User-Agent"] = "bench/1.0"
  wrk.headers["Authorization"] = "Bearer key-7-of-the-comparison"
  if variant == "portkey" then
    wrk.headers["x-portkey-provider"] = "openai"
    wrk.headers["x-portkey-custom-host"] = args[3] .. "/v1"
  end
  request_text = wrk.format()
end

function request() return request_text end
