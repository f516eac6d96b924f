using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>Which path speaks which format: the ends of the vendors' own paths, so that an SDK needs nothing but another base address.</summary>
internal static class FaceTable
{
    private static readonly IFaceFormat OpenAi = new OpenAiChatFormat();
    private static readonly IFaceFormat Google = new GeminiFormat(), GoogleArray = new GeminiFormat(new GeminiOptions { JsonArray = true });

    private static readonly (string End, Face Face)[] Paths =
    [
        ("/chat/completions", new Face(ModelOperation.Chat, OpenAi)),
        ("/responses", new Face(ModelOperation.Chat, new OpenAiResponsesFormat())),
        ("/v1/messages", new Face(ModelOperation.Chat, new AnthropicMessagesFormat())),
        ("/v1/messages/count_tokens", new Face(ModelOperation.CountTokens, new AnthropicMessagesFormat())),
        ("/api/chat", new Face(ModelOperation.Chat, new OllamaChatFormat()) { StreamsByDefault = true }),
        ("/completions", new Face(ModelOperation.Completion, OpenAi)),
        ("/embeddings", new Face(ModelOperation.Embeddings, OpenAi)),
        ("/images/generations", new Face(ModelOperation.Images, OpenAi)),
        ("/audio/speech", new Face(ModelOperation.Speech, OpenAi)),
        ("/moderations", new Face(ModelOperation.Moderation, OpenAi)),
        ("/rerank", new Face(ModelOperation.Rerank, OpenAi)),
    ];

    private static readonly (string Verb, Face Face)[] GeminiVerbs =
    [
        ("generateContent", new Face(ModelOperation.Chat, Google) { Stream = false, ModelInPath = true, KeyHeader = "x-goog-api-key", KeyQuery = "key" }),
        ("streamGenerateContent", new Face(ModelOperation.Chat, Google) { Stream = true, ModelInPath = true, KeyHeader = "x-goog-api-key", KeyQuery = "key" }),
        ("embedContent", new Face(ModelOperation.Embeddings, Google) { Stream = false, ModelInPath = true, KeyHeader = "x-goog-api-key", KeyQuery = "key" }),
        ("countTokens", new Face(ModelOperation.CountTokens, Google) { Stream = false, ModelInPath = true, KeyHeader = "x-goog-api-key", KeyQuery = "key" }),
    ];

    /// <summary>The face of a path, with the model where that stands in the path; null for paths that are none.</summary>
    public static Face? Find(ReadOnlySpan<char> path, ReadOnlySpan<char> query, out string? model)
    {
        model = null;
        var colon = path.LastIndexOf(':');
        if (colon > path.LastIndexOf('/')) return Gemini(path[..colon], path[(colon + 1)..], query, out model);
        foreach (var (end, face) in Paths)
        {
            if (!path.EndsWith(end, StringComparison.Ordinal)) continue;
            model = Deployment(path[..^end.Length]);
            return model is null ? face : face with { ModelInPath = true, KeyHeader = "api-key" };
        }

        return null;
    }

    // .../models/{model}:{verb}; a stream is a JSON array unless events are asked for
    private static Face? Gemini(ReadOnlySpan<char> path, ReadOnlySpan<char> verb, ReadOnlySpan<char> query, out string? model)
    {
        model = null;
        var at = path.LastIndexOf("/models/");
        if (at < 0) return null;
        foreach (var (name, face) in GeminiVerbs)
        {
            if (!verb.SequenceEqual(name)) continue;
            model = Uri.UnescapeDataString(path[(at + "/models/".Length)..].ToString());
            return face.Stream == true && !query.Contains("alt=sse", StringComparison.OrdinalIgnoreCase) ? face with { Format = GoogleArray } : face;
        }

        return null;
    }

    // Azure: .../openai/deployments/{model}/chat/completions
    private static string? Deployment(ReadOnlySpan<char> before)
    {
        var at = before.LastIndexOf("/deployments/");
        return at < 0 ? null : Uri.UnescapeDataString(before[(at + "/deployments/".Length)..].ToString());
    }
}
