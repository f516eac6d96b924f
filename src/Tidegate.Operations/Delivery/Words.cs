using System.Text.Json;

namespace Tidegate.Operations.Delivery;

/// <summary>Words of enums as the API writes them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>How far a release is, in a sentence.</summary>
    public static string OfState(ReleaseState state) => state == ReleaseState.Running ? "under way" : Of(state).Replace('_', ' ');
}
