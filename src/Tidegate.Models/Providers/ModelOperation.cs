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

    /// <summary>Text from sound.</summary>
    Transcription,

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
}
