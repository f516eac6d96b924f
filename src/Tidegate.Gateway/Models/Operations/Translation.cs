using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>A call that is no conversation, put into another format's words and its answer back. One per attempt: the answer needs what was asked.</summary>
internal abstract class Translation
{
    /// <summary>Writes the target's request. False, with issues, when the caller's is wrong.</summary>
    /// <param name="body">What the caller wrote.</param>
    /// <param name="asked">The model as the caller named it.</param>
    /// <param name="model">Its name at the target.</param>
    /// <param name="json">Where to.</param>
    /// <param name="issues">What is wrong, or cannot be said.</param>
    public abstract bool WriteRequest(JsonElement body, string asked, string model, Utf8JsonWriter json, FormatIssues issues);

    /// <summary>Writes the caller's answer and tells what it took; null when nobody says. Throws <see cref="FormatException"/> when the target's is none.</summary>
    /// <param name="answer">The target's.</param>
    /// <param name="json">Where to.</param>
    /// <param name="count">Counts what it took, where the target does not say and the caller is told.</param>
    public abstract Usage? WriteAnswer(JsonElement answer, Utf8JsonWriter json, Func<Usage> count);
}
