using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>What HTTP statuses say of an error, where nothing else does.</summary>
internal static class ErrorStatus
{
    /// <summary>Class of a status.</summary>
    public static ModelErrorKind KindOf(int status) => status switch
    {
        401 => ModelErrorKind.Authentication,
        402 => ModelErrorKind.Billing,
        403 => ModelErrorKind.Permission,
        404 => ModelErrorKind.NotFound,
        408 or 504 => ModelErrorKind.Timeout,
        429 => ModelErrorKind.RateLimit,
        503 or 529 => ModelErrorKind.Overloaded,
        >= 400 and < 500 => ModelErrorKind.InvalidRequest,
        _ => ModelErrorKind.Server,
    };

    /// <summary>Usual status of a class; its own where it fits.</summary>
    public static int StatusOf(ModelError error) => error.Kind switch
    {
        ModelErrorKind.Authentication => 401,
        ModelErrorKind.Billing => 402,
        ModelErrorKind.Permission => 403,
        ModelErrorKind.NotFound => 404,
        ModelErrorKind.RateLimit => 429,
        ModelErrorKind.Overloaded => 503,
        ModelErrorKind.Timeout => 504,
        ModelErrorKind.Server => error.Status >= 500 ? error.Status : 502,
        _ => error.Status is 413 or 422 ? error.Status : 400,
    };
}
