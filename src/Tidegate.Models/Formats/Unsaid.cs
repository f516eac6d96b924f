namespace Tidegate.Models.Formats;

/// <summary>What a format has no words for and its writer passes over; told here, so that nothing is lost without a word.</summary>
[Flags]
internal enum Unsaid
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The id of the end user: a hint.</summary>
    User = 1,

    /// <summary>How closely an image is looked at: a hint.</summary>
    Detail = 2,

    /// <summary>What is worth keeping in the provider's cache: a hint.</summary>
    CacheHint = 4,

    /// <summary>Arguments of tools must follow their schema.</summary>
    Strict = 8,

    /// <summary>The answer shall name the words of documents it rests on.</summary>
    Citations = 16,
}
