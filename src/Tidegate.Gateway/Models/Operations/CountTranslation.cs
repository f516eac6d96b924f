using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>Tokens counted by a provider with other words for it.</summary>
internal sealed class CountTranslation(ITokenCountFormat face, ITokenCountFormat target) : Translation
{
    /// <inheritdoc/>
    public override bool WriteRequest(JsonElement body, string asked, string model, Utf8JsonWriter json, FormatIssues issues)
    {
        if (face.ReadCountRequest(body, issues) is not { } request || issues.HasErrors) return false;
        target.WriteCountRequest(request with { Model = model }, json, issues);
        return !issues.HasErrors;
    }

    /// <summary>Counting takes nothing.</summary>
    public override Usage? WriteAnswer(JsonElement answer, Utf8JsonWriter json, Func<Usage> count)
    {
        face.WriteCount(target.ReadCount(answer), json);
        return null;
    }
}
