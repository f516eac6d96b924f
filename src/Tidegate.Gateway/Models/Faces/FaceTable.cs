using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.GeminiEmbeddings;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OllamaEmbed;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiCompletions;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Formats.Rerank;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>Which path speaks which format: the ends of the vendors' own paths, so that an SDK needs nothing but another base address.</summary>
internal static class FaceTable
{
    /// <summary>Header of Azure's keys.</summary>
    public const string AzureKey = "api-key";

    private const string AnthropicKey = "x-api-key", GoogleKey = "x-goog-api-key", GoogleQuery = "key";
    private static readonly IFaceFormat OpenAi = new OpenAiChatFormat(), Anthropic = new AnthropicMessagesFormat(), Ollama = new OllamaChatFormat();
    private static readonly IFaceFormat Google = new GeminiFormat(), GoogleArray = new GeminiFormat(new GeminiOptions { JsonArray = true });

    private static readonly Face KeptResponse = new(ModelOperation.KeptResponse, new OpenAiResponsesFormat());

    private static readonly Face Models = new(ModelOperation.List, OpenAi), GoogleModels = new(ModelOperation.List, Google) { KeyHeader = GoogleKey, KeyQuery = GoogleQuery };

    // Longer ends before the shorter ones they end with.
    private static readonly (string End, Face Face)[] Paths =
    [
        ("/chat/completions", new Face(ModelOperation.Chat, OpenAi)),
        ("/responses", new Face(ModelOperation.Chat, new OpenAiResponsesFormat())),
        ("/v1/messages", new Face(ModelOperation.Chat, Anthropic) { KeyHeader = AnthropicKey }),
        ("/v1/messages/count_tokens", new Face(ModelOperation.CountTokens, Anthropic) { KeyHeader = AnthropicKey, Stream = false }),
        ("/api/chat", new Face(ModelOperation.Chat, Ollama) { StreamsByDefault = true }),
        ("/api/generate", new Face(ModelOperation.Chat, new OllamaGenerateFormat()) { StreamsByDefault = true }),
        ("/api/embed", Embeddings(Ollama, new OllamaEmbedFormat())),
        ("/api/embeddings", Embeddings(Ollama, new OllamaEmbedFormat(one: true))),
        ("/completions", new Face(ModelOperation.Completion, new OpenAiCompletionsFormat())),
        ("/embeddings", Embeddings(OpenAi, new OpenAiEmbeddingsFormat())),
        ("/images/generations", new Face(ModelOperation.Images, OpenAi)),
        ("/images/edits", new Face(ModelOperation.ImageEdit, OpenAi)),
        ("/audio/speech", new Face(ModelOperation.Speech, OpenAi)),
        ("/audio/transcriptions", new Face(ModelOperation.Transcription, OpenAi)),
        ("/audio/translations", new Face(ModelOperation.SpeechTranslation, OpenAi)),
        ("/moderations", new Face(ModelOperation.Moderation, OpenAi) { Stream = false }),
        ("/v2/rerank", new Face(ModelOperation.Rerank, OpenAi) { Word = "cohere_rerank", Stream = false }),
        ("/rerank", new Face(ModelOperation.Rerank, OpenAi) { Word = RerankFormat.Word, Stream = false }),
        ("/v1beta/models", GoogleModels),
        ("/api/tags", new Face(ModelOperation.List, Ollama)),
        ("/api/show", new Face(ModelOperation.Show, Ollama) { Stream = false }),
        ("/api/version", new Face(ModelOperation.Version, Ollama)),
        ("/models", Models),
    ];

    private static readonly (string Verb, Face Face)[] GeminiVerbs =
    [
        ("generateContent", Gemini(new Face(ModelOperation.Chat, Google))),
        ("streamGenerateContent", Gemini(new Face(ModelOperation.Chat, Google)) with { Stream = true }),
        ("embedContent", Gemini(Embeddings(Google, new GeminiEmbeddingsFormat(one: true)))),
        ("batchEmbedContents", Gemini(Embeddings(Google, new GeminiEmbeddingsFormat()))),
        ("countTokens", Gemini(new Face(ModelOperation.CountTokens, Google))),
    ];

    /// <summary>The face of a path, with the model where that stands in the path; null for paths that are none.</summary>
    public static Face? Find(ReadOnlySpan<char> path, ReadOnlySpan<char> query, out string? model)
    {
        model = null;
        var colon = path.LastIndexOf(':');
        if (colon > path.LastIndexOf('/')) return Gemini(path[..colon], path[(colon + 1)..], query, out model);
        // Some clients encode the colon, as they may.
        var encoded = path.LastIndexOf("%3A", StringComparison.OrdinalIgnoreCase);
        if (encoded > path.LastIndexOf('/') && Gemini(path[..encoded], path[(encoded + 3)..], query, out model) is { } verb) return verb;
        foreach (var (end, face) in Paths)
        {
            if (!path.EndsWith(end, StringComparison.Ordinal)) continue;
            var before = path[..^end.Length];
            model = Deployment(before);
            if (model is not null) return face with { ModelInPath = true, KeyHeader = AzureKey };
            // Azure's newer paths have the deployment in the body: /openai/v1/chat/completions, /openai/responses
            return before.EndsWith("/openai", StringComparison.Ordinal) || before.EndsWith("/openai/v1", StringComparison.Ordinal) ? face with { KeyHeader = AzureKey } : face;
        }

        return Card(path, out model);
    }

    // One of a list: .../v1/models/{model}, .../v1beta/models/{model}, .../v1/responses/{id}
    private static Face? Card(ReadOnlySpan<char> path, out string? model)
    {
        model = null;
        var at = path.LastIndexOf('/');
        var list = at < 0 ? default : path[..at];
        var isResponse = list.EndsWith("/responses", StringComparison.Ordinal);
        if (!isResponse && !list.EndsWith("/models", StringComparison.Ordinal)) return null;
        model = Uri.UnescapeDataString(path[(at + 1)..].ToString());
        if (isResponse) return list.EndsWith("/openai/responses", StringComparison.Ordinal) || list.EndsWith("/openai/v1/responses", StringComparison.Ordinal) ? KeptResponse with { KeyHeader = AzureKey } : KeptResponse;
        return list.EndsWith("/v1beta/models", StringComparison.Ordinal) ? GoogleModels : Models;
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

    private static Face Embeddings(IFaceFormat errors, IEmbeddingsFace format) => new(ModelOperation.Embeddings, errors) { Word = format.Name, Embeddings = format, Stream = false };

    private static Face Gemini(Face face) => face with { Stream = false, ModelInPath = true, KeyHeader = GoogleKey, KeyQuery = GoogleQuery };
}
