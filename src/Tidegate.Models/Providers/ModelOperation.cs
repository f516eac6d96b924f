namespace Tidegate.Models.Providers;

/// <summary>What a caller wants of a model.</summary>
public enum ModelOperation
{
    /// <summary>A conversation, in any chat format.</summary>
    Chat,

    /// <summary>Text goes on (OpenAI's legacy completions).</summary>
    Completion,

    /// <summary>Vectors of texts.</summary>
    Embeddings,

    /// <summary>Images from a text.</summary>
    Images,

    /// <summary>Images from images and a text.</summary>
    ImageEdit,

    /// <summary>Text from sound.</summary>
    Transcription,

    /// <summary>English text from sound.</summary>
    SpeechTranslation,

    /// <summary>Sound from text.</summary>
    Speech,

    /// <summary>Is a text harmful.</summary>
    Moderation,

    /// <summary>Order texts by how well they fit a question.</summary>
    Rerank,

    /// <summary>How many tokens a conversation has.</summary>
    CountTokens,

    /// <summary>Which models there are; answered by the gateway itself.</summary>
    List,

    /// <summary>What a model is and can do (Ollama); answered by the gateway itself.</summary>
    Show,

    /// <summary>Which version of Ollama's API is spoken; answered by the gateway itself.</summary>
    Version,

    /// <summary>A response that was given before, to be read or deleted; answered by the gateway itself.</summary>
    KeptResponse,
}
