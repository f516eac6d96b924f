using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.Rerank;
using Tidegate.Models.Rerank;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>Ranks from a vendor that takes less than callers may say: documents as objects, texts asked back.</summary>
internal sealed class RerankTranslation(RerankFormat format) : Translation
{
    private RerankRequest? _request;

    /// <inheritdoc/>
    public override bool WriteRequest(JsonElement body, string asked, string model, Utf8JsonWriter json, FormatIssues issues)
    {
        if (format.ReadRequest(body, issues) is not { } request || issues.HasErrors) return false;
        _request = request with { Model = asked };
        format.WriteRequest(request with { Model = model }, json);
        return true;
    }

    /// <inheritdoc/>
    public override Usage? WriteAnswer(JsonElement answer, Utf8JsonWriter json, Func<Usage> count)
    {
        var read = format.ReadAnswer(answer);
        format.WriteAnswer(read, _request!, json);
        return read.Usage;
    }
}
