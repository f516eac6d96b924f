using Tidegate.Gateway.Models.Prompts;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>What a caller speaks at a path.</summary>
/// <param name="Operation">What is wanted.</param>
/// <param name="Format">Format of requests, answers and errors. For operations other than conversations only its errors are used.</param>
internal sealed record Face(ModelOperation Operation, IFaceFormat Format)
{
    /// <summary>Word of the format of requests and answers: the format's, where operations have none of their own.</summary>
    public string Word { get; init; } = Format.Name;

    /// <summary>Reads and writes embeddings in the caller's words; null for other operations.</summary>
    public IEmbeddingsFace? Embeddings { get; init; }

    /// <summary>The version of a prompt that is called; null for everything else.</summary>
    public PromptVersionModel? Prompt { get; init; }

    /// <summary>Media type of errors.</summary>
    public string ErrorMediaType { get; init; } = "application/json";

    /// <summary>Always streamed, never, or as the body says (null): Gemini says it in the path.</summary>
    public bool? Stream { get; init; }

    /// <summary>Streamed when the body does not say (Ollama).</summary>
    public bool StreamsByDefault { get; init; }

    /// <summary>Header the vendor's SDK puts the key into, besides the route's and <c>Authorization: Bearer</c>; null for none.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Query parameter it may stand in; null for none.</summary>
    public string? KeyQuery { get; init; }

    /// <summary>The model stands in the path.</summary>
    public bool ModelInPath { get; init; }

    /// <summary>The body is a form with files, not JSON.</summary>
    public bool IsForm => Operation is ModelOperation.Transcription or ModelOperation.SpeechTranslation or ModelOperation.ImageEdit;

    /// <summary>Methods it takes.</summary>
    public string Methods => Operation switch
    {
        ModelOperation.List or ModelOperation.Version => "GET",
        ModelOperation.KeptResponse => "GET, DELETE",
        _ => "POST",
    };

    /// <summary>The answer may be anything: sound, subtitles, events of its own. It passes through as it comes.</summary>
    public bool AnswersRaw => IsForm || Operation is ModelOperation.Speech or ModelOperation.Images;
}
