using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Mistral: like OpenAI, but a field it does not know is a 422.</summary>
internal sealed class MistralPeer : OpenAiPeer
{
    public override string Vendor => "mistral";

    protected override void Check(JsonObject body) => Only(
        body, "model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed", "metadata", "response_format", "tools", "tool_choice", "presence_penalty", "frequency_penalty", "n",
        "prediction", "parallel_tool_calls", "prompt_mode", "safe_prompt");

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => """{"detail":"Unauthorized"}""",
        429 => """{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505"}""",
        500 => """{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}""",
        _ => """{"object":"error","message":"Invalid model: m","type":"invalid_model","param":null,"code":"1500"}""",
    };
}
