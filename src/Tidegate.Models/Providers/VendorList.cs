using System.Collections.Frozen;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Providers.Anthropic;
using Tidegate.Models.Providers.Azure;
using Tidegate.Models.Providers.Bedrock;
using Tidegate.Models.Providers.Cohere;
using Tidegate.Models.Providers.Fake;
using Tidegate.Models.Providers.Gemini;
using Tidegate.Models.Providers.Ollama;
using Tidegate.Models.Providers.Vertex;

namespace Tidegate.Models.Providers;

/// <summary>All vendors, one line each.</summary>
public static class VendorList
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Vendor> All { get; } =
    [
        new OpenAiFamily("openai", "https://api.openai.com/v1", [new OpenAiChatFormat(), new OpenAiResponsesFormat()]),
        new AnthropicVendor(),
        new GeminiVendor(),
        new VertexVendor(),
        new AzureVendor(),
        new BedrockVendor(),
        new CohereVendor(),
        new OllamaVendor(),
        new OpenAiFamily("groq", "https://api.groq.com/openai/v1"),
        new OpenAiFamily("together", "https://api.together.xyz/v1"),
        new OpenAiFamily("fireworks", "https://api.fireworks.ai/inference/v1"),
        new OpenAiFamily("deepseek", "https://api.deepseek.com/v1"),
        new OpenAiFamily("mistral", "https://api.mistral.ai/v1", [new OpenAiChatFormat(Mistral)]),
        new OpenAiFamily("xai", "https://api.x.ai/v1"),
        new OpenAiFamily("openrouter", "https://openrouter.ai/api/v1"),
        new OpenAiFamily("perplexity", "https://api.perplexity.ai"),
        new OpenAiFamily("cerebras", "https://api.cerebras.ai/v1"),
        new OpenAiFamily("nvidia", "https://integrate.api.nvidia.com/v1"),
        new OpenAiFamily("huggingface", "https://router.huggingface.co/v1"),
        new OpenAiFamily("sambanova", "https://api.sambanova.ai/v1"),
        new OpenAiFamily("deepinfra", "https://api.deepinfra.com/v1/openai"),
        new OpenAiFamily("moonshot", "https://api.moonshot.ai/v1", [new OpenAiChatFormat(OpenAiFamily.LookAlike with { Prefill = new Prefill("partial") })]),
        new OpenAiFamily("zhipu", "https://open.bigmodel.cn/api/paas/v4"),
        new OpenAiFamily("qwen", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", [new OpenAiChatFormat(OpenAiFamily.LookAlike with { Prefill = new Prefill("partial") })]),
        new OpenAiFamily("siliconflow", "https://api.siliconflow.cn/v1"),
        new OpenAiFamily("novita", "https://api.novita.ai/v3/openai"),
        new OpenAiFamily("hyperbolic", "https://api.hyperbolic.xyz/v1"),
        new OpenAiFamily("minimax", "https://api.minimax.io/v1"),
        new OpenAiFamily("baichuan", "https://api.baichuan-ai.com/v1"),
        new OpenAiFamily("yi", "https://api.lingyiwanwu.com/v1"),
        new OpenAiFamily("stepfun", "https://api.stepfun.com/v1"),
        new OpenAiFamily("nebius", "https://api.studio.nebius.com/v1"),
        new OpenAiFamily("lambda", "https://api.lambda.ai/v1"),
        new OpenAiFamily("vllm", null, [new OpenAiChatFormat(OpenAiFamily.LookAlike with { Prefill = new Prefill(RootFields: "\"continue_final_message\":true,\"add_generation_prompt\":false,") })]),
        new OpenAiFamily("sglang", null),
        new OpenAiFamily("llamacpp", null),
        new OpenAiFamily("lmstudio", null),
        new OpenAiFamily("localai", null),
        new OpenAiFamily("tgi", null),
        new OpenAiFamily("openai-compatible", null),
        new FakeVendor(),
    ];

    // A field it does not know is a 422.
    private static OpenAiChatQuirks Mistral => OpenAiFamily.LookAlike with
    {
        SeedField = "random_seed",
        ToolChoiceRequired = "any",
        StreamOptions = false,
        TopK = false,
        Prefill = new Prefill("prefix"),
        Refused = new Dictionary<string, string?>(StringComparer.Ordinal) { ["max_completion_tokens"] = "max_tokens", ["seed"] = "random_seed", ["stream_options"] = null, ["store"] = null, ["user"] = null },
    };

    private static readonly FrozenDictionary<string, Vendor> ByName = All.ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);

    /// <summary>The vendor with this word, or null.</summary>
    public static Vendor? Find(string name) => ByName.GetValueOrDefault(name);
}
