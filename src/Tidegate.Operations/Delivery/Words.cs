using System.Text.Json;

namespace Tidegate.Operations.Delivery;

/// <summary>Words of enums as the API writes them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
