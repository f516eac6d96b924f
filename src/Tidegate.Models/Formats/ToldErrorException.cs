using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>An answer that is an error in spite of its status: routers answer 200 and one.</summary>
internal sealed class ToldErrorException(ModelError error) : FormatException($"The answer is an error: {error.Message}")
{
    /// <summary>The error.</summary>
    public ModelError Error { get; } = error;
}
