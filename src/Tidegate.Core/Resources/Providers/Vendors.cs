namespace Tidegate.Core.Resources.Providers;

/// <summary>Words for <see cref="ProviderConfig.Vendor"/>. What each means stands in <c>Tidegate.Models/Providers</c>; a test holds the two together.</summary>
public static class Vendors
{
    /// <summary>All words, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "anthropic", "azure", "baichuan", "bedrock", "cerebras", "cohere", "deepinfra", "deepseek", "fake", "fireworks", "gemini", "groq", "huggingface", "hyperbolic",
        "lambda", "llamacpp", "lmstudio", "localai", "minimax", "mistral", "moonshot", "nebius", "novita", "nvidia", "ollama", "openai", "openai-compatible", "openrouter",
        "perplexity", "qwen", "sambanova", "sglang", "siliconflow", "stepfun", "tgi", "together", "vertex", "vllm", "xai", "yi", "zhipu",
    ];

    /// <summary>Those without a public address: <see cref="ProviderConfig.Address"/> is required.</summary>
    public static IReadOnlyList<string> WithoutAddress { get; } = ["azure", "llamacpp", "lmstudio", "localai", "openai-compatible", "sglang", "tgi", "vllm"];

    /// <summary>Those that ask for no key by default.</summary>
    public static IReadOnlyList<string> WithoutKey { get; } = ["fake", "llamacpp", "lmstudio", "localai", "ollama", "openai-compatible", "sglang", "tgi", "vllm"];
}
