using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.TitanEmbed;

/// <summary>Amazon Titan's embeddings on Bedrock: one text per call.</summary>
public sealed class TitanEmbedFormat : IEmbeddingsTarget
{
    /// <summary>Word of the format.</summary>
    public const string Word = "titan_embed";

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        if (request.Inputs.Count != 1) issues.Error("inputs", $"Titan takes one text per call, not {request.Inputs.Count}.");
        if (request.Purpose is not null) issues.Inexpressible("purpose", "Titan makes one kind of vector for all uses.");
        json.WriteStartObject();
        if (request.Inputs.Count > 0 && request.Inputs[0].Text is { } text) json.WriteString("inputText", text);
        else issues.Error("inputs[0]", "Titan takes text, no tokens.");
        json.Optional("dimensions", request.Dimensions);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body) => new()
    {
        Vectors = [EmbeddingVector.Read(body.Field("embedding"))],
        Usage = body.Whole("inputTextTokenCount") is { } tokens ? new Usage { Input = tokens } : null,
    };
}
