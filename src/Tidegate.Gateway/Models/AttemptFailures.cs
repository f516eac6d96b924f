using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Gateway.Models;

/// <summary>Reads what an exception means for an attempt.</summary>
internal static class AttemptFailures
{
    /// <summary>Notes it in the attempt.</summary>
    public static void Note(ModelAttempt attempt, Exception exception)
    {
        if (exception is TokenException token)
        {
            attempt.Fail(token.Error, token.Message);
            return;
        }

        if (exception is ToldErrorException told)
        {
            attempt.Fail(told.Error, $"an error in the answer: {told.Error.Kind}");
            return;
        }

        if (exception is CutOffException)
        {
            attempt.Fail(new ModelError(ModelErrorKind.Server, 502, "The answer of the model broke off."), exception.Message);
            return;
        }

        if (exception is FormatException)
        {
            attempt.Fail(new ModelError(ModelErrorKind.Server, 502, "The provider's answer is malformed."), exception.Message);
            return;
        }

        var (failure, reason) = FailureReader.Read(exception, attempt.Scope);
        var cause = attempt.Scope.Cause;
        if (cause == CancelCause.AttemptTimeout) reason = attempt.FirstToken == 0 ? "no token in time" : reason;
        if (cause == CancelCause.GivenUp) reason = "another attempt was faster";
        if (cause == CancelCause.Idle) reason = "silent between tokens";
        attempt.Fail(
            failure == UpstreamFailure.Timeout
                ? new ModelError(ModelErrorKind.Timeout, 504, "The model did not answer in time.")
                : new ModelError(ModelErrorKind.Server, 502, "The model did not answer, or its answer broke off."),
            reason);
    }
}
