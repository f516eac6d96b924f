using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiEmbeddings;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>Embeddings in another format.</summary>
internal sealed class EmbeddingsTranslation(IEmbeddingsFace face, IEmbeddingsTarget target) : Translation
{
    private EmbeddingsRequest? _request;

    /// <inheritdoc/>
    public override bool WriteRequest(JsonElement body, string asked, string model, Utf8JsonWriter json, FormatIssues issues)
    {
        if (face.ReadRequest(body, issues) is not { } request || issues.HasErrors) return false;
        _request = request with { Model = asked };
        target.WriteRequest(request with { Model = model }, json, issues);
        if (request.User is not null && target is not OpenAiEmbeddingsFormat) issues.Hint("user", "the provider takes no ids of end users.");
        return !issues.HasErrors;
    }

    /// <inheritdoc/>
    public override Usage? WriteAnswer(JsonElement answer, Utf8JsonWriter json, Func<Usage> count)
    {
        var read = target.ReadAnswer(answer);
        if (read.Vectors.Count != _request!.Inputs.Count) throw new FormatException($"{read.Vectors.Count} vectors for {_request.Inputs.Count} inputs");
        if (read.Usage is null) read = read with { Usage = count() };
        face.WriteAnswer(read, _request, json);
        return read.Usage;
    }
}
